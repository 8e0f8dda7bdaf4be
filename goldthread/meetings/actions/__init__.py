"""Writes of boards. Each is atomic, asks who may, and records what was done last."""
