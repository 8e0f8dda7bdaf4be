"""The desk addresses of emailed links and of reminders."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.delivery.desk import links, reminders

_LINKS = "desk/delivery/links/"
_RULES = "desk/delivery/reminders/"

urlpatterns: list[URLPattern] = [
    path(_LINKS, links.listed, name="desk-links"),
    path(_LINKS + "new/<slug:kind>/<int:pk>/", links.new, name="desk-link-new"),
    path(_LINKS + "<int:pk>/", links.one, name="desk-link"),
    path(_RULES, reminders.rules, name="desk-reminders"),
    path(_RULES + "new/", reminders.new, name="desk-reminder-new"),
    path(_RULES + "usual/", reminders.usual, name="desk-reminders-usual"),
    path(_RULES + "<int:pk>/end/", reminders.end, name="desk-reminder-end"),
]
