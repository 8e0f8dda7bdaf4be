"""The boards of the demonstration office: two real papers, and a story told around them."""
