"""Public pages of plans and their feeds: the plan in force, any past date, any edition, what changed."""
