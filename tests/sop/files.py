"""SOP files as text, short enough to read in a test."""

from ppid.errors import BadInput
from ppid.sop.load import loads

PERFORMER = '[[pelaksana]]\nkode = "a"\nnama = "Petugas"\nperan = ["petugas_ppid"]\n'
ANOTHER = '[[pelaksana]]\nkode = "b"\nnama = "Ketua"\nperan = ["ppid_utama"]\n'
HEAD = 'format = 1\nkode = "contoh"\nnama = "Contoh"\n'


def step(body="", *, activity='kegiatan = "Bekerja"', performers='pelaksana = ["a"]'):
    """Return one [[langkah]] table with these lines in it."""
    return "\n".join(["[[langkah]]", activity, performers, body, ""])


def file(*steps, head=HEAD, top="", performers=PERFORMER + ANOTHER):
    """Return a whole file; a step given as text is the body of a table."""
    tables = [each if each.startswith("[[") else step(each) for each in steps]
    return "\n".join([head, top, performers, *tables])


def mistakes(text):
    """Return (code, place) of every mistake of the text; empty when it loads."""
    try:
        loads(text, name="contoh.toml")
    except BadInput as error:
        return [(finding.code, finding.place) for finding in error.findings]
    return []


def sop(*steps, **parts):
    """Return the SOP of these steps."""
    return loads(file(*steps, **parts), name="contoh.toml")
