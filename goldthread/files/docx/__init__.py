"""Word files read into the neutral tree, by small modules over lxml."""
