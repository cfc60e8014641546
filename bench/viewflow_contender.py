"""Viewflow's side of bench/steps.py. Runs in an environment of its own, without this project.

Viewflow finds a flow by the module that it stands in, so an app is written into the bench's own
folder first. It gets the same SQLite as the others, by the swap that ppid.config.driver makes.
"""

import os
import sys
from pathlib import Path

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

import django  # noqa: E402
from contenders import report  # noqa: E402
from django.conf import settings  # noqa: E402

FOLDER = Path(os.environ["PPID_DATA"])
HEAD = """
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


class BenchFlow(flow.Flow):
    process_class = Process
    start = flow.StartHandle().Next(this.step_1)
"""


def write_app(steps):
    app = FOLDER / "benchapp"
    app.mkdir()
    (app / "__init__.py").touch()
    lines = [
        f"    step_{n} = flow.Handle().Next(this.{f'step_{n + 1}' if n < steps else 'end'})\n"
        for n in range(1, steps + 1)
    ]
    (app / "flows.py").write_text(HEAD + "".join(lines) + "    end = flow.End()\n")
    sys.path.insert(0, str(FOLDER))


def set_up():
    contenttypes = ["django.contrib.auth", "django.contrib.contenttypes"]
    options = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    engine = "django.db.backends.sqlite3"
    file = FOLDER / "bench.sqlite3"
    settings.configure(
        SECRET_KEY="bench",
        INSTALLED_APPS=[*contenttypes, "viewflow", "viewflow.workflow", "benchapp"],
        DATABASES={"default": {"ENGINE": engine, "NAME": file, "OPTIONS": options}},
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def viewflow(steps):
    write_app(steps)
    set_up()
    from benchapp.flows import BenchFlow
    from django.db import transaction

    def opened():
        process = BenchFlow.start.run()

        def act(step):
            node = getattr(BenchFlow, f"step_{step}")
            with transaction.atomic():
                node.run(process.task_set.get(flow_task=node))

        def has_ended():
            process.refresh_from_db()
            return process.status == "DONE"

        return act, has_ended

    return opened


if __name__ == "__main__":
    report(viewflow, int(sys.argv[1]))
