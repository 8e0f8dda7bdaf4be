"""The desk addresses of packs: the officer's page, the reader, its files, its notes, its worker."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings.desk import packs, packs_notes, packs_reader

MEETING = "desk/boards/<slug:board>/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("desk/boards/pack-worker.js", packs_reader.worker, name="desk-pack-worker"),
    path(f"{MEETING}/packs/", packs.overview, name="desk-packs"),
    path(f"{MEETING}/packs/ask/", packs.ask, name="desk-pack-ask"),
    path(f"{MEETING}/packs/<int:pk>/again/", packs.again, name="desk-pack-again"),
    path(f"{MEETING}/packs/<int:pk>/release/", packs.release, name="desk-pack-release"),
    path(f"{MEETING}/packs/<int:pk>/progress/", packs.progress, name="desk-pack-progress"),
    path(f"{MEETING}/pack/", packs_reader.reader, name="desk-pack"),
    path(f"{MEETING}/pack/notes/", packs_notes.notes, name="desk-pack-notes"),
    path(f"{MEETING}/pack/notes/sync/", packs_notes.sync, name="desk-pack-sync"),
    path(f"{MEETING}/pack/picture/<str:seal>/", packs_reader.picture, name="desk-pack-picture"),
    path(f"{MEETING}/pack/<int:pk>/", packs_reader.issue, name="desk-pack-issue"),
    path(f"{MEETING}/pack/<int:pk>/pdf/", packs_reader.pdf, name="desk-pack-pdf"),
    path(
        f"{MEETING}/pack/<int:pk>/appendix/<int:appendix>/",
        packs_reader.appendix,
        name="desk-pack-appendix",
    ),
]
