"""The contenders of sweep.py, on the database of the folder that PPID_DATA names."""

import secrets
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ppid.commands.migrate import migrate_all
from ppid.config import setup  # noqa: F401  sets Django up
from ppid.law.docket import Matter, last_end_due, standing
from ppid.office.actions import watch as watching
from ppid.office.actions.bodies import add_agency, create_body
from ppid.office.calendar import body_calendar
from ppid.office.log import Fact, append
from ppid.office.writing import writing

OF_BODY = "body_id = 'kota' AND stage = 'dikecualikan'"
UNATTENDED = f"{OF_BODY} AND declared_open_on IS NULL AND lapsed_on IS NULL"
ENDED = f"SELECT id, opens_on FROM office_item WHERE {UNATTENDED} AND opens_on <= %s"
NEAR = f"""SELECT id, opens_on, noticed_end FROM office_item
WHERE {UNATTENDED} AND opens_on > %s AND opens_on <= %s"""
REVIEWS = f"""SELECT id, review_on, noticed_review FROM office_item
WHERE {UNATTENDED} AND review_on <= %s"""
NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM office_event WHERE body = 'floor'"
OPENED = "UPDATE office_item SET lapsed_on = %s WHERE id = %s"
EVENT = """INSERT INTO office_event (body, seq, kind, at, entry, sealed, leaf, item)
VALUES ('floor', %s, 'bench', '2026-09-01', %s, '{}', %s, %s)"""


class Office:
    def __init__(self, *, at):
        migrate_all()
        self.at = at
        values = {"name": "Kota", "unit": "Dinas", "place": "Kota", "timezone": "Asia/Jakarta"}
        self.body = create_body("kota", **values, at=at)
        self.agency = add_agency(self.body, code="a", name="Dinas", at=at).pk.hex
        self.on = at.astimezone(self.body.zone).date()
        self.calendar = body_calendar(self.body)
        self.last = last_end_due(self.on, self.calendar)

    def sql(self, statement, *parameters):
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def queries(self):
        return (ENDED, (self.on,)), (NEAR, (self.on, self.last)), (REVIEWS, (self.last,))

    def found(self):
        ended, near, reviews = (self.sql(statement, *given) for statement, given in self.queries())
        return ended, [*near, *reviews]

    def bare(self):
        ended, near = self.found()
        facts = [Fact("item.lapsed", {"opened_on": str(day)}, item=UUID(i)) for i, day in ended]
        now = {str(day): self.standing(str(day)) for _, day, _ in near}
        facts += [
            watching._notice_fact(UUID(item), now[str(day)], told=()) for item, day, _ in near
        ]
        for first in range(0, len(facts), watching.AT_ONCE):
            with writing():
                for fact in facts[first : first + watching.AT_ONCE]:
                    append(fact, body="kota", by=None, at=self.at)
        return len(facts)

    def standing(self, day):
        return standing(Matter.END, date.fromisoformat(day), on=self.on, calendar=self.calendar)

    def floor(self):
        ended, near = self.found()
        (seq,) = self.sql(
            "SELECT coalesce(max(seq), 0) + 1 FROM office_event WHERE body = 'floor'"
        )[0]
        with transaction.atomic(), connection.cursor() as cursor:
            for number, row in enumerate((*ended, *near)):
                cursor.execute(EVENT, (seq + number, b"x" * 300, secrets.token_bytes(32), row[0]))
                cursor.execute(OPENED, (self.on, row[0]))
        return len(ended) + len(near)

    def watch(self):
        run = watching.watch(self.body, at=self.at)
        return run.lapsed + run.noticed

    watch_again = watch

    def reset(self):
        self.sql(
            "UPDATE office_item SET lapsed_on = NULL, noticed_end = '' "
            "WHERE lapsed_on = opens_on AND lapsed_on = %s OR noticed_end <> ''",
            self.on,
        )
        self.sql("UPDATE office_item SET lapsed_on = NULL WHERE lapsed_on = %s", self.on)

    def plans(self):
        """Return how SQLite runs each query over items that the watch itself makes."""
        self.watch()
        with CaptureQueriesContext(connection) as made:
            self.watch()
        asked = [one["sql"] for one in made if 'FROM "office_item"' in one["sql"]]
        return [
            "; ".join(step[-1] for step in self.sql(f"EXPLAIN QUERY PLAN {statement}"))
            for statement in asked
        ]
