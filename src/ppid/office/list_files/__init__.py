"""The files in which offices keep their lists: reading them, whatever state they are in, and
writing our own.

Knows no table of the database and saves nothing. Nothing in a file is ever run or fetched.
"""
