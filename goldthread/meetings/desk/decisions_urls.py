"""The desk addresses of decisions."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings.desk import decision_steps, decisions, registers

_ONE = "desk/decisions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("desk/decisions/", decisions.listed, name="desk-decisions"),
    path("desk/decisions/new/", decisions.new, name="desk-new-decision"),
    path("desk/decisions/registers/new/", registers.new, name="desk-new-register"),
    path("desk/decisions/registers/<slug:slug>/", registers.one, name="desk-register"),
    path(_ONE, decisions.one, name="desk-decision"),
    path(_ONE + "write/", decisions.write, name="desk-write-decision"),
    path(_ONE + "difference/", decisions.difference, name="desk-decision-difference"),
    path(_ONE + "drop/", decision_steps.drop, name="desk-drop-decision"),
    path(_ONE + "mark/", decision_steps.mark, name="desk-mark-decision"),
    path(_ONE + "publish/", decision_steps.publish, name="desk-publish-decision"),
    path(_ONE + "correct/", decision_steps.correct, name="desk-correct-decision"),
    path(_ONE + "withdraw/", decision_steps.withdraw, name="desk-withdraw-decision"),
    path(_ONE + "relied/<int:reliance>/", decision_steps.moved, name="desk-decision-moved"),
    path(_ONE + "relied/<int:reliance>/approve/", decision_steps.approve, name="desk-decision-approve"),
    path(
        "desk/boards/<slug:board>/<slug:meeting>/decisions/",
        decisions.of_meeting,
        name="desk-meeting-decisions",
    ),
]
