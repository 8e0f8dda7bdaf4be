"""The addresses of mail: what was sent, and who wants what."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "mail"

urlpatterns: list[URLPattern] = []
