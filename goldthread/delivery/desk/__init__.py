"""The desk pages of delivery."""
