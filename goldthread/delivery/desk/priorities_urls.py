"""The desk addresses of the room of delivery and of priorities."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.delivery.desk import home, priorities, priority_steps, priority_ties, state

_ONE = "desk/delivery/priorities/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("desk/delivery/", home.home, name="desk-home"),
    path("desk/delivery/state/", state.state, name="desk-state"),
    path("desk/delivery/themes/<str:key>/", home.theme, name="desk-theme"),
    path("desk/delivery/priorities/new/", priorities.new, name="desk-new-priority"),
    path("desk/delivery/priorities/board/", priority_steps.before_the_board, name="desk-propose"),
    path("desk/delivery/priorities/approve/", priority_steps.by_decision, name="desk-approve"),
    path(_ONE, priorities.one, name="desk-priority"),
    path(_ONE + "write/", priorities.write, name="desk-write-priority"),
    path(_ONE + "history/", priorities.history, name="desk-priority-history"),
    path(_ONE + "serves/", priority_ties.choose, name="desk-serve"),
    path(_ONE + "serves/<int:pk>/", priority_ties.serving, name="desk-serving"),
    path(_ONE + "measures/", priority_ties.measure, name="desk-measure-by"),
    path(_ONE + "measures/<int:pk>/end/", priority_ties.end_measure, name="desk-stop-measuring"),
    path(_ONE + "<slug:step>/", priority_steps.step, name="desk-priority-step"),
]
