"""The desk addresses of packs."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
