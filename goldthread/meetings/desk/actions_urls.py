"""The desk addresses of actions."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings.desk import actions

_LOG = "desk/boards/<slug:board>/actions/"

urlpatterns: list[URLPattern] = [
    path(_LOG, actions.log, name="desk-actions"),
    path(_LOG + "new/", actions.new, name="desk-action-new"),
    path("desk/boards/<slug:board>/actions.csv", actions.log_sheet, name="desk-actions-csv"),
    path(_LOG + "<slug:year>/<slug:serial>/", actions.action, name="desk-action"),
]
