"""Addresses of the office process."""

from django.urls import include, path

urlpatterns = [
    path("akun/", include("allauth.urls")),
    path("", include("ppid.office.urls")),
]
