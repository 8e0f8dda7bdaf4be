"""What the words of a file are for: headings, numbers, pledges, measures, sources."""
