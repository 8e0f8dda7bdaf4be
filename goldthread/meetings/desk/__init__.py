"""The pages of boards for staff and members."""
