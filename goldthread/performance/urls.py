"""The addresses of measures, their figures and their public pages."""

from django.urls import URLPattern

app_name = "performance"

urlpatterns: list[URLPattern] = []
