"""The desk addresses of minutes."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings.desk import minutes, minutes_live

_MINUTES = "desk/boards/<slug:board>/<slug:slug>/minutes/"
_LIVE = _MINUTES + "live/"
_ITEM = _LIVE + "<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_MINUTES, minutes.overview, name="desk-minutes"),
    path(_MINUTES + "begin/", minutes.begin, name="desk-minutes-begin"),
    path(_MINUTES + "as.<slug:form>", minutes.file, name="desk-minutes-file"),
    path(_MINUTES + "versions/<int:number>/", minutes.version, name="desk-minutes-version"),
    path(_MINUTES + "kept/<int:pk>/", minutes_live.kept, name="desk-minutes-kept"),
    path(_LIVE, minutes_live.live, name="desk-minutes-live"),
    path(_LIVE + "state/", minutes_live.state, name="desk-minutes-state"),
    path(_ITEM, minutes_live.live, name="desk-minutes-item"),
    path(_ITEM + "words/", minutes_live.item, name="desk-minutes-words"),
    path(_ITEM + "take/", minutes_live.take, name="desk-minutes-take"),
    path(_ITEM + "people/", minutes_live.person, name="desk-minutes-person"),
    path(_MINUTES + "<slug:name>/", minutes.step, name="desk-minutes-step"),
]
