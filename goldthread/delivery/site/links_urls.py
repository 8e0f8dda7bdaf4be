"""The addresses of emailed links."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
