"""Invented offices at work: the demo, and the dry run of any SOP file (`ppid walk`).

Everything here goes through the same actions as the pages. No real person's name is used.
"""
