"""What the pages of boards need in their templates."""
