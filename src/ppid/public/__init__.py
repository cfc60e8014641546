"""The open site: what everybody may see. Its own database; it reads nothing else."""

PAGES_VERSION = 5
"""Part of every ETag: raised when templates change what a page says."""
