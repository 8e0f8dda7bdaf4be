"""The desk addresses of papers."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.meetings.desk import (
    paper_files,
    paper_imports,
    paper_signs,
    paper_steps,
    paper_versions,
    papers,
)

_ALL = "desk/papers/"
_FILE = _ALL + "files/<int:pk>/"
_ONE = _ALL + "<slug:slug>/"
_APPENDIX = _ONE + "appendices/<int:pk>/"
_VERSION = _ONE + "versions/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, papers.listed, name="desk-papers"),
    path(_ALL + "new/", papers.new, name="desk-new-paper"),
    path(_FILE, paper_imports.review, name="desk-paper-file"),
    path(_FILE + "progress/", paper_imports.progress, name="desk-paper-file-progress"),
    path(_FILE + "discard/", paper_imports.discard, name="desk-discard-paper-file"),
    path(_ONE, papers.one, name="desk-paper"),
    path(_ONE + "as.<slug:form>", paper_files.whole, name="desk-paper-as"),
    path(_ONE + "header/", papers.header, name="desk-paper-header"),
    path(_ONE + "numbers/", papers.numbers, name="desk-paper-numbers"),
    path(_ONE + "pictures/<slug:seal>/", paper_files.picture, name="desk-paper-picture"),
    path(_ONE + "submit/", paper_steps.submit, name="desk-submit-paper"),
    path(_ONE + "return/", paper_steps.give_back, name="desk-return-paper"),
    path(_ONE + "accept/", paper_steps.accept, name="desk-accept-paper"),
    path(_ONE + "withdraw/", paper_steps.withdraw, name="desk-withdraw-paper"),
    path(_ONE + "mark/", paper_steps.mark, name="desk-mark-paper"),
    path(_ONE + "sign-offs/ask/", paper_signs.ask, name="desk-ask-sign-off"),
    path(_ONE + "sign-offs/<int:pk>/", paper_signs.answer, name="desk-paper-sign-off"),
    path(_ONE + "implications/<slug:kind>/", paper_signs.implication, name="desk-paper-implication"),
    path(_ONE + "appendices/add/", paper_files.add, name="desk-add-appendix"),
    path(_APPENDIX, paper_files.one, name="desk-appendix"),
    path(_APPENDIX + "file/", paper_files.file, name="desk-appendix-file"),
    path(_APPENDIX + "remove/", paper_files.take_off, name="desk-remove-appendix"),
    path(_APPENDIX + "mark/", paper_files.mark, name="desk-mark-appendix"),
    path(_APPENDIX + "let-pass/<slug:code>/", paper_files.let_pass, name="desk-let-pass"),
    path(_ONE + "versions/", paper_versions.compared, name="desk-paper-versions"),
    path(_VERSION, paper_versions.one, name="desk-paper-version"),
    path(_VERSION + "as.<slug:form>", paper_versions.version_file, name="desk-paper-version-as"),
    path(_ONE + "sources/", paper_versions.sources, name="desk-paper-sources"),
    path(_ONE + "sources/look/", paper_versions.look_for_sources, name="desk-look-for-sources"),
    path(_ONE + "sources/<int:pk>/", paper_versions.settle_source, name="desk-settle-source"),
]
