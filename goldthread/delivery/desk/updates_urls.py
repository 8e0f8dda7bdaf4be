"""The desk addresses of updates, of what somebody owes, of periods and of statuses."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.delivery.desk import owed, periods, scales, signing, updates

_ALL = "desk/delivery/"
_GIVEN = _ALL + "updates/<int:pk>/"
_THING = _ALL + "updates/<slug:kind>/<int:pk>/"
_PERIOD = _ALL + "periods/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("desk/owe/", owed.owe, name="desk-owe"),
    path(_ALL + "updates/", signing.queue, name="desk-updates"),
    path(_GIVEN, signing.one, name="desk-update-given"),
    path(_GIVEN + "sign-off/", signing.sign, name="desk-update-sign"),
    path(_GIVEN + "return/", signing.give_back, name="desk-update-return"),
    path(_GIVEN + "take-back/", signing.take_back, name="desk-update-withdraw"),
    path(_THING + "give/", updates.give, name="desk-update"),
    path(_THING + "keep/", updates.keep, name="desk-update-keep"),
    path(_THING + "stop/", updates.stop, name="desk-update-stop"),
    path(_THING + "files/<int:file>/off/", updates.take_off, name="desk-update-file-off"),
    path(_ALL + "evidence/<int:pk>/", updates.evidence, name="desk-evidence"),
    path(_ALL + "periods/", periods.all_of_them, name="desk-periods"),
    path(_ALL + "periods/open/", periods.begin, name="desk-period-open"),
    path(_PERIOD, periods.one, name="desk-period"),
    path(_PERIOD + "close/", periods.close, name="desk-period-close"),
    path(_PERIOD + "as-it-stood.csv", periods.csv_file, name="desk-period-csv"),
    path(_ALL + "statuses/", scales.statuses, name="desk-statuses"),
    path(_ALL + "statuses/new/", scales.anew, name="desk-statuses-new"),
]
