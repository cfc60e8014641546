"""Addresses of the officers' pages. Every route has a declared audience (tests/architecture)."""

urlpatterns: list = []
