"""What a step costs: the same few queries, however much there is in the office."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.offices import case_in, item_in, office, who, write_sheet
from ppid.office.actions.steps import act_on_step
from ppid.office.log import CHECKPOINT_EVERY
from ppid.office.models import Log
from ppid.office.projections.standing import standing_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])

MOST_QUERIES = 9
"""Two for the transaction, three to read (log, case, appointments), four to write (event, log,
case, task); at every tenth event two more for the checkpoint."""

PLAIN = (
    """
format = 1
kode = "panjang"
nama = "Banyak langkah"
[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]
"""
    + '[[langkah]]\nkegiatan = "Bekerja"\npelaksana = ["petugas"]\n' * 40
)
DOING = """
format = 1
kode = "satu-aksi"
nama = "Satu aksi"
[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]
[[langkah]]
kegiatan = "Bekerja"
pelaksana = ["petugas"]
aksi = "{}"
[[langkah]]
kegiatan = "Selesai"
pelaksana = ["petugas"]
"""


def queries_of(walk, case, *, step=1):
    """Return the queries that one act on the step takes, once this process knows the SOP.

    Without those of a checkpoint.
    """
    standing_of(case.pk)
    if Log.objects.get().size % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1:
        case_in(walk, text=PLAIN)
    officer = who(walk, "petugas_ppid")
    with CaptureQueriesContext(connection) as found:
        act_on_step(case.pk, step=step, by=officer, at=walk.tick())
    return [query["sql"] for query in found]


def test_a_step_takes_few_queries():
    walk = office()

    assert len(queries_of(walk, case_in(walk, text=PLAIN))) <= MOST_QUERIES


def test_a_step_takes_no_more_queries_late_in_a_long_case_among_many():
    walk = office()
    for _ in range(5):
        case_in(walk, text=PLAIN)
    case = case_in(walk, text=PLAIN)
    for step in range(1, 30):
        act_on_step(case.pk, step=step, by=who(walk, "petugas_ppid"), at=walk.tick())

    assert len(queries_of(walk, case, step=30)) <= MOST_QUERIES


@pytest.mark.parametrize("action", ["kumpulkan", "uji", "klasifikasi"])
def test_a_step_takes_no_more_queries_for_many_items(action):
    walk = office()
    one, many = (case_in(walk, text=DOING.format(action), title=title) for title in ("A", "B"))
    for case, count in ((one, 1), (many, 5)):
        for number in range(count):
            write_sheet(walk, item_in(walk, case, title=f"{case.title}{number}"))

    assert len(queries_of(walk, many)) <= len(queries_of(walk, one))
