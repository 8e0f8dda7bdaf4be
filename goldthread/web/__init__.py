"""Base templates, components, form rendering and static files: no domain words."""
