"""The public addresses of delivery. An address, once given out, is kept for good."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
