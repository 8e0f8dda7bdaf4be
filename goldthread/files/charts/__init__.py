"""Charts from figures that are already judged: pictures, words, icons and tables. No Django."""
