"""Measures: what they count, where their figures come from, how they stood, and what is judged of them."""
