"""Staff pages of plans: choose, call one action or query, render."""
