"""The public pages of delivery."""
