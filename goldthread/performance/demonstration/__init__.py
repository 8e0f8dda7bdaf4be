"""The demonstration office's measures: real records of Cambridgeshire, and a few invented returns."""
