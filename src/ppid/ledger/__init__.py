"""Proof of what happened. Pure: standard library only, no clock, no Django; signing is passed in."""
