"""The desk addresses of measures. One measure stands beneath its own word, so no key can be in the way."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.performance.desk import (
    approvals,
    commitments,
    compare,
    definitions,
    districts,
    files,
    frameworks,
    history,
    measures,
    papers,
    rebases,
    themes,
)

_ALL = "desk/measures/"
_ONE = _ALL + "measure/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, themes.home, name="desk-home"),
    path(_ALL + "themes/<slug:theme>/", themes.theme, name="desk-theme"),
    path(_ALL + "shipped/", definitions.listed, name="desk-shipped"),
    path(_ALL + "new/", definitions.new, name="desk-new"),
    path(_ALL + "frameworks/", frameworks.listed, name="desk-frameworks"),
    path(_ALL + "groups/", frameworks.groups, name="desk-groups"),
    path(_ALL + "owed/", commitments.owed, name="desk-owed"),
    path(_ALL + "owed/new/", commitments.commit, name="desk-commit"),
    path(_ALL + "identified/<int:pk>/", commitments.identification, name="desk-identification"),
    path(_ALL + "priorities/<slug:plan>/", commitments.priorities, name="desk-priorities"),
    path(_ALL + "priorities/<slug:plan>/<slug:key>/", commitments.priority, name="desk-priority"),
    path(_ALL + "priorities/<slug:plan>/<slug:key>/propose/", commitments.propose, name="desk-propose"),
    path(_ONE, measures.one, name="desk-measure"),
    path(_ONE + "measure.<slug:form>", files.one, name="desk-file"),
    path(_ONE + "districts/", districts.one, name="desk-districts"),
    path(_ONE + "compare/", compare.one, name="desk-compare"),
    path(_ONE + "history/", history.one, name="desk-history"),
    path(_ONE + "history/<int:pk>/", history.shown, name="desk-shown"),
    path(_ONE + "definition/", definitions.one, name="desk-definition"),
    path(_ONE + "definition/edit/", definitions.edit, name="desk-edit"),
    path(_ONE + "definition/<int:number>/", definitions.one, name="desk-version"),
    path(_ONE + "definition/<int:number>/check/", definitions.check, name="desk-check"),
    path(_ONE + "definition/<int:number>/definition.toml", definitions.toml, name="desk-toml"),
    path(_ONE + "narrative/", measures.narrative, name="desk-narrative"),
    path(_ONE + "re-bases/ask/", rebases.ask, name="desk-ask-rebase"),
    path(_ONE + "re-bases/<int:pk>/", rebases.one, name="desk-rebase"),
    path(_ONE + "break/", rebases.mark, name="desk-break"),
    path(_ONE + "paper/", papers.put, name="desk-to-paper"),
    path(_ONE + "approve/", approvals.approve, name="desk-approve"),
    path(_ONE + "releases/<int:number>/withdraw/", approvals.withdraw, name="desk-withdraw"),
]
