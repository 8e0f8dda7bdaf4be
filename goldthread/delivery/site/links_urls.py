"""The addresses of emailed links."""

from django.urls import path

from goldthread.delivery.site import links

urlpatterns = [
    path("u/<str:token>/", links.page, name="site-link"),
    path("u/<str:token>/start/", links.start, name="site-link-start"),
    path("u/<str:token>/keep/", links.keep, name="site-link-keep"),
    path("u/<str:token>/file/", links.add_file, name="site-link-file"),
    path("u/<str:token>/file/<int:pk>/off/", links.take_off, name="site-link-file-off"),
    path("u/<str:token>/fresh/", links.fresh, name="site-link-fresh"),
]
