"""Our own side of bench/steps.py and the two it is held against, each in a process of its own.

Prints as JSON the steps per second, the processor time of a step, and the most memory that the
process held. A contender opens a new case and returns what does its n-th step and what tells
whether it has ended; only the steps are timed, and the first case only warms up.
"""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import pysqlite3

FOLDER = Path(os.environ["PPID_DATA"])
AT_LEAST = 200
"""Steps that are timed: a case is repeated until there are as many."""
ENDED = "SELECT count(*) FROM office_case WHERE ended_at IS NOT NULL"


def timed(open_case, steps):
    """Return the seconds that a case took, and how many of them the processor worked."""
    act, has_ended = open_case()
    began, worked = time.perf_counter(), time.process_time()
    for step in range(1, steps + 1):
        act(step)
    took = time.perf_counter() - began, time.process_time() - worked
    assert has_ended()
    return took


def database():
    connection = pysqlite3.connect(FOLDER / "bench.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE saved (id INTEGER PRIMARY KEY, content BLOB)")
    return connection


def bare(steps):
    connection = database()

    def act(step):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO saved (content) VALUES (?)", (b"x" * 500,))
        connection.execute("COMMIT")

    return lambda: (act, lambda: True)


def sop_text(steps):
    performers = "".join(
        f'[[pelaksana]]\nkode = "{code}"\nnama = "{code}"\nperan = ["{role}"]\n'
        for code, role in (("a", "petugas_ppid"), ("b", "ppid_utama"))
    )
    rows = "".join(
        f'[[langkah]]\nkegiatan = "Langkah {n}"\npelaksana = ["{"ab"[(n - 1) % 2]}"]\n'
        for n in range(1, steps + 1)
    )
    return f'format = 1\nkode = "bench"\nnama = "Bench"\n{performers}{rows}'


def ppid(steps):
    from ppid.commands.migrate import migrate_all

    migrate_all()
    from ppid.office.actions.cases import open_case
    from ppid.office.actions.steps import act_on_step
    from ppid.office.demo.walk import set_up
    from ppid.office.models import Case

    walk, first = set_up(sop_text(steps), on=date(2026, 3, 2))
    people = [walk.person(["petugas_ppid"]), walk.person(["ppid_utama"])]

    def opened():
        case = open_case(first.sop, title="Bench", by=people[0], at=walk.tick()).pk

        def act(step):
            act_on_step(case, step=step, by=people[(step - 1) % 2], at=walk.tick())

        return act, lambda: Case.objects.get(pk=case).ended_at

    return opened


def statements(steps):
    """What ppid's steps ask of SQLite and nothing else: the most that any program could do here."""
    open_case = ppid(steps)
    from django.conf import settings
    from django.db import connection

    connection.close()
    office = Path(settings.DATABASES["default"]["NAME"])
    steps_run = [[] for _ in range(steps)]
    act, _ = open_case()
    connection.close()
    before = office.read_bytes()
    for step, run in enumerate(steps_run, start=1):

        def keep(execute, sql, params, many, context, run=run):
            run.append((sql.replace("%s", "?"), params or ()))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(keep):
            act(step)
    connection.close()

    def opened():
        copy = FOLDER / "copy.sqlite3"
        copy.unlink(missing_ok=True)
        copy.write_bytes(before)
        raw = pysqlite3.connect(copy, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            raw.execute(f"PRAGMA {pragma}")

        def again(step):
            for sql, params in steps_run[step - 1]:
                raw.execute(sql, params).fetchall()
            raw.execute("COMMIT")

        return again, lambda: raw.execute(ENDED).fetchone()[0] == 1

    return opened


def ppid_postgresql(steps):
    open_case = ppid(steps)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        assert cursor.fetchone() == ("on", "on")
    return open_case


def spiffworkflow(steps):
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    from ppid.sop.bpmn import export
    from ppid.sop.load import loads

    parser = BpmnParser()
    parser.add_bpmn_str(export(loads(sop_text(steps), name="bench")).encode())
    spec = parser.get_spec(parser.get_process_ids()[0])
    serializer, connection = BpmnWorkflowSerializer(), database()

    def save(text):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR REPLACE INTO saved VALUES (1, ?)", (text,))
        connection.execute("COMMIT")

    def opened():
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()

        def act(step):
            workflow.get_next_task(state=TaskState.READY, manual=True).run()
            workflow.do_engine_steps()
            save(serializer.serialize_json(workflow))

        return act, workflow.is_completed

    return opened


def report(contender, steps):
    """Run the contender and print what it did."""
    open_case = contender(steps)
    timed(open_case, steps)
    cases = [timed(open_case, steps) for _ in range(-(-AT_LEAST // steps))]
    done = steps * len(cases)
    seconds, worked = (sum(part) for part in zip(*cases, strict=True))
    found = {"rate": done / seconds, "cpu": 1000 * worked / done, "megabytes": peak_memory()}
    print(json.dumps(found))


def peak_memory():
    """Return the most memory the process held, in MB; getrusage would count its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    contenders = {
        "bare": bare,
        "statements": statements,
        "ppid-sqlite": ppid,
        "ppid-postgresql": ppid_postgresql,
        "spiffworkflow": spiffworkflow,
    }
    report(contenders[sys.argv[1]], int(sys.argv[2]))
