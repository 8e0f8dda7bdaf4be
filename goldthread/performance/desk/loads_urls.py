"""The desk addresses of loads."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.performance.desk import loads, loads_typed

_ALL = "desk/measures/loads/"
_ONE = _ALL + "<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, loads.listed, name="desk-loads"),
    path(_ALL + "new/", loads.new, name="desk-load-new"),
    path(_ALL + "typed/", loads_typed.typed, name="desk-load-typed"),
    path(_ALL + "count-again/", loads.recounted, name="desk-load-recount"),
    path(_ONE, loads.one, name="desk-load"),
    path(_ONE + "columns/", loads.columns, name="desk-load-columns"),
    path(_ONE + "start/", loads.start, name="desk-load-start"),
    path(_ONE + "progress/", loads.progress, name="desk-load-progress"),
    path(_ONE + "undo/", loads.take_back, name="desk-load-undo"),
    path(_ONE + "bring-back/", loads.bring_back, name="desk-load-redo"),
    path(_ONE + "put-away/", loads.away, name="desk-load-away"),
    path(_ONE + "to-mend.csv", loads.error_rows, name="desk-load-errors"),
    path(_ONE + "file/", loads.as_it_came, name="desk-load-file"),
]
