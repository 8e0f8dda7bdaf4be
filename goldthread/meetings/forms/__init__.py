"""The questions that the desk asks about boards, one module a subject."""
