"""Addresses of sign-in and of the people desk."""

from allauth.account.views import logout
from django.urls import include, path
from django.views.generic import RedirectView

from goldthread.people import desk, site

urlpatterns = [
    path("account/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("account/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("account/email/", site.no_such_page),
    path("account/", include("allauth.urls")),
    path("sign-in/", site.SignIn.as_view(), name="account_login"),
    path("sign-in/as/<int:pk>/", site.sign_in_as, name="sign_in_as"),
    path("sign-out/", logout, name="account_logout"),
    path("desk/people/", desk.people, name="people"),
    path("desk/people/offices/<int:pk>/appoint/", desk.appoint, name="appoint"),
    path("desk/people/holdings/<int:pk>/end/", desk.end, name="end_holding"),
]
