"""Proof of what happened. Pure: standard library only, no clock, no Django.

Signing is passed in as a function; the office owns the keys.
"""
