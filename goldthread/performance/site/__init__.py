"""The public pages of measures: only what a named person approved."""
