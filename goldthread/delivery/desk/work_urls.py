"""The desk addresses of work."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.delivery.desk import actions, handover, imports, milestones, placing

_ALL = "desk/delivery/"
_ACTION = _ALL + "actions/<slug:slug>/"
_LIST = _ALL + "lists/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_ALL + "priorities/<slug:priority>/actions/new/", actions.new, name="desk-action-new"),
    path(_ALL + "priorities/<slug:priority>/actions/take-along/", actions.carry, name="desk-action-carry"),
    path(_ACTION, actions.one, name="desk-action"),
    path(_ACTION + "milestones/new/", actions.new_milestone, name="desk-milestone-new"),
    path(_ACTION + "under-way/", actions.under_way, name="desk-action-begin"),
    path(_ACTION + "waits/", actions.wait, name="desk-action-waits"),
    path(_ACTION + "waits/<int:pk>/end/", actions.wait_no_more, name="desk-action-waits-end"),
    path(_ACTION + "do/<slug:deed>/", milestones.of_action, name="desk-action-deed"),
    path(_ALL + "milestones/<int:pk>/do/<slug:deed>/", milestones.of_milestone, name="desk-milestone-deed"),
    path(_ALL + "lists/", imports.listed, name="desk-imports"),
    path(_ALL + "lists/new/", imports.new, name="desk-import-new"),
    path(_LIST, imports.one, name="desk-import"),
    path(_LIST + "columns/", imports.columns, name="desk-import-columns"),
    path(_LIST + "put-away/", imports.away, name="desk-import-away"),
    path(_LIST + "take-back/", imports.take_back, name="desk-import-undo"),
    path(_LIST + "to-mend.csv", imports.to_mend, name="desk-import-errors"),
    path(_LIST + "file/", imports.as_it_came, name="desk-import-file"),
    path(_ALL + "to-place/", placing.place, name="desk-placing"),
    path(_ALL + "hand-overs/", handover.listed, name="desk-hand-overs"),
    path(_ALL + "hand-overs/<int:pk>/", handover.one, name="desk-hand-over"),
]
