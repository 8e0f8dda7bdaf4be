"""The addresses of boards: their desk, and the calendars that anybody may subscribe to."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings import calendar
from goldthread.meetings.desk import (
    boards,
    boards_agenda,
    boards_attendance,
    boards_forward,
    boards_item,
    boards_meetings,
    boards_people,
    boards_questions,
    boards_rules,
    boards_terms,
)

_BOARD = "desk/boards/<slug:board>/"
_MEETING = _BOARD + "<slug:slug>/"
_ITEM = _MEETING + "items/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("boards/<slug:slug>/meetings.ics", calendar.board_calendar, name="site-calendar"),
    path("calendars/<str:token>.ics", calendar.member_calendar, name="calendar-mine"),
    path("desk/boards/", boards.home, name="desk-home"),
    path("desk/boards/new/", boards.new_board, name="desk-new-board"),
    path(_BOARD, boards.board, name="desk-board"),
    path(_BOARD + "call/", boards_meetings.call, name="desk-call-meeting"),
    path(_BOARD + "rules/", boards_rules.rules, name="desk-rules"),
    path(_BOARD + "rules/example/", boards_rules.example, name="desk-rules-example"),
    path(_BOARD + "standing/", boards_rules.standing, name="desk-standing"),
    path(_BOARD + "members/", boards_people.seats, name="desk-seats"),
    path(_BOARD + "members/new/", boards_people.new_seat, name="desk-new-seat"),
    path(_BOARD + "members/<int:pk>/", boards_people.close_seat, name="desk-seat"),
    path(_BOARD + "terms/", boards_terms.terms, name="desk-terms"),
    path(_BOARD + "terms/new/", boards_terms.new_terms, name="desk-new-terms"),
    path(_BOARD + "forward/", boards_forward.forward, name="desk-forward"),
    path(_BOARD + "forward/new/", boards_forward.plan, name="desk-plan"),
    path(_BOARD + "forward/<int:pk>/", boards_forward.line, name="desk-planned"),
    path(_BOARD + "forward/<int:pk>/move/", boards_forward.move, name="desk-move-planned"),
    path(_BOARD + "forward/<int:pk>/drop/", boards_forward.drop, name="desk-drop-planned"),
    path(_BOARD + "forward/<int:pk>/place/", boards_forward.place, name="desk-place-planned"),
    path(_MEETING, boards_agenda.agenda, name="desk-meeting"),
    path(_MEETING + "step/", boards_agenda.step, name="desk-step"),
    path(_MEETING + "add/", boards_agenda.add, name="desk-add-item"),
    path(_MEETING + "bring/", boards_agenda.bring, name="desk-bring"),
    path(_MEETING + "attach/", boards_agenda.attach_paper, name="desk-attach-paper"),
    path(_MEETING + "publish/", boards_agenda.publish, name="desk-publish"),
    path(_MEETING + "held/", boards_agenda.held, name="desk-held"),
    path(_MEETING + "papers/", boards_agenda.papers, name="desk-meeting-papers"),
    path(_MEETING + "change/", boards_meetings.change, name="desk-change-meeting"),
    path(_MEETING + "cancel/", boards_meetings.cancel, name="desk-cancel-meeting"),
    path(_MEETING + "attendance/", boards_attendance.attendance, name="desk-attendance"),
    path(_MEETING + "attendance/others/", boards_attendance.guest, name="desk-note-guest"),
    path(_MEETING + "attendance/<int:pk>/forget/", boards_attendance.forget, name="desk-forget-attendance"),
    path(_MEETING + "interests/", boards_attendance.interest, name="desk-interest"),
    path(_MEETING + "questions/", boards_questions.questions, name="desk-questions"),
    path(_MEETING + "questions/<int:pk>/", boards_questions.question, name="desk-question"),
    path(_MEETING + "questions/<int:pk>/listing/", boards_questions.listing, name="desk-list-question"),
    path(_ITEM, boards_item.item, name="desk-item"),
    path(_ITEM + "marking/", boards_item.marking, name="desk-item-marking"),
    path(_ITEM + "place/", boards_item.place, name="desk-item-place"),
    path(_ITEM + "withdraw/", boards_item.withdraw, name="desk-item-withdraw"),
    path(_ITEM + "remove/", boards_item.remove, name="desk-item-remove"),
]
