"""The addresses of mail: what was sent, and who wants what."""

from django.urls import path

from goldthread.mail import desk, site

app_name = "mail"

urlpatterns = [
    path("desk/outbox/", desk.outbox, name="desk-outbox"),
    path("desk/outbox/<int:pk>/", desk.letter, name="desk-letter"),
    path("desk/outbox/<int:pk>/again/", desk.again, name="desk-letter-again"),
    path("desk/outbox/<int:pk>/call-off/", desk.call_off, name="desk-letter-call-off"),
    path("desk/my-letters/", desk.preferences, name="desk-preferences"),
    path("letters/stop/<str:token>/", site.stop, name="stop"),
]
