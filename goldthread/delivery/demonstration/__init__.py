"""What the demonstration office set out to do in 2019-20, and what became of it."""
