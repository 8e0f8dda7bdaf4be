"""The public addresses of boards. An address, once given out, is kept for good."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings.site import boards, decisions, feeds, papers

_BOARD = "boards/<slug:board>/"
_MEETING = _BOARD + "<slug:meeting>/"
_PAPER = _MEETING + "papers/<slug:paper>/"

urlpatterns: list[URLPattern] = [
    path("boards/", boards.listed, name="site-boards"),
    path("decisions/", decisions.register, name="site-decisions"),
    path("decisions/decisions.csv", decisions.table, name="site-decisions-csv"),
    path("decisions/feed.xml", feeds.decisions, name="site-decisions-feed"),
    path("decisions/<slug:slug>/", decisions.decision, name="site-decision"),
    path(_BOARD, boards.board, name="site-board"),
    path(_BOARD + "feed.xml", feeds.board, name="site-board-feed"),
    path(_BOARD + "actions/", boards.actions, name="site-actions"),
    path(_MEETING, boards.meeting, name="site-meeting"),
    path(_MEETING + "minutes/", boards.minutes, name="site-minutes"),
    path(_MEETING + "pack.pdf", papers.pack, name="site-pack"),
    path(_MEETING + "supplement-<int:ordinal>.pdf", papers.pack, name="site-supplement"),
    path(_PAPER, papers.paper, name="site-paper"),
    path(_PAPER + "paper.<slug:form>", papers.paper_file, name="site-paper-file"),
    path(_PAPER + "pictures/<slug:seal>", papers.picture, name="site-paper-picture"),
    path(_PAPER + "appendices/<int:pk>/", papers.appendix, name="site-appendix"),
    path(_PAPER + "appendices/<int:pk>/<str:name>", papers.appendix_file, name="site-appendix-file"),
]
