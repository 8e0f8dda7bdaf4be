"""The addresses of boards: their desk, and the calendars that anybody may subscribe to."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings import calendar

urlpatterns: list[URLPattern] = [
    path("boards/<slug:slug>/meetings.ics", calendar.board_calendar, name="site-calendar"),
    path("calendars/<str:token>.ics", calendar.member_calendar, name="calendar-mine"),
]
