"""The open site as files that any web server hands out (docs/decisions/0145)."""
