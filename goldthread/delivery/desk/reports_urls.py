"""The desk addresses of reports and of the rotation of themes."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.delivery.desk import report_documents, reports, rotation

_ALL = "desk/delivery/reports/"
_ONE = _ALL + "<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, reports.listed, name="desk-reports"),
    path(_ALL + "in-depth/", reports.new, name="desk-new-report"),
    path(_ALL + "themes/", report_documents.new, name="desk-new-documents"),
    path(_ONE, reports.one, name="desk-report"),
    path(_ONE + "again/", reports.again, name="desk-report-again"),
    path(_ONE + "changes/", reports.changes, name="desk-report-changes"),
    path(_ONE + "as.<slug:form>", reports.file, name="desk-report-as"),
    path("desk/delivery/rotation/", rotation.page, name="desk-rotation"),
]
