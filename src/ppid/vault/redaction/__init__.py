"""Blackening (penghitaman): what is closed in a document is covered, the rest is handed out.

    marks.py    what is to be covered, where and on what ground; pure
    wording.py  which words under a mark would tell what is closed, and whether a text has them
    covering.py the black boxes with their ground, in pixels
    pages.py    a PDF or a picture as pages: sizes, pixels, letters with their places
    copying.py  the public copy: pixels in a new file, the list of what is covered behind them
    objects.py  what may stand in a public copy, and what stands there all the same
    checking.py whether a public copy holds anything of what is closed; two copies side by side
    job.py      all of it in a process set apart (ppid.vault.apart)

Source of the whole: UU 14/2008 ps. 22 (7) e; reading: docs/decisions/0125.
"""
