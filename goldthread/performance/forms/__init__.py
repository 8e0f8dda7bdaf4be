"""The questions that the desk of measures asks."""
