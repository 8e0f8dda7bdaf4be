from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, components, form rendering and static files."""

    name = "goldthread.web"
    label = "web"
