"""The thread of a promise from end to end, the home page, and search."""
