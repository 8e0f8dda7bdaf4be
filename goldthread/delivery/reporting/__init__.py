"""From live records to the text of a theme document or an in-depth report."""
