"""The words of the demonstration office: invented content in the real shape."""
