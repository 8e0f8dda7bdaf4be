"""What the pages of measures need in their templates."""
