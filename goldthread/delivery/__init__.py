"""Delivery: priorities for action, actions and milestones, updates, periods and reports."""
