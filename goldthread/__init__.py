"""Goldthread: govern a police and crime plan from pledge to published page."""

__version__ = "0.1.0"
