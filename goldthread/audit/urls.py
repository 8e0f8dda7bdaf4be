"""Addresses of the record."""

from django.urls import path

from goldthread.audit import desk

urlpatterns = [path("desk/record/", desk.events, name="record")]
