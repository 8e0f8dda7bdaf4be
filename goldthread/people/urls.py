"""Addresses of sign-in and of the people desk."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
