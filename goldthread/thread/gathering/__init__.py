"""The stops of a thread, one module for each kind of thing that happens to a promise."""
