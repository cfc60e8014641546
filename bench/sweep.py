"""What the morning's watch costs: `python bench/sweep.py [items] [due] [rounds]`.

One body with 1,000,000 items (in a throwaway SQLite database, the rows inserted by SQL), 1,000 of
them due: half ended today, half at a new stage. The watch is measured beside

- the bare indexed queries that find the due items, plus their events appended one by one;
- the same queries, plus bare INSERTs and UPDATEs of as many rows in one transaction: the floor of
  the database, without log, tree or checkpoints.

Afterwards everything is reset and measured again; the best round counts. A sweep that finds nothing
new is measured too, and the plan of each query must name an index.
"""

import os
import platform
import secrets
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

TODAY = date(2026, 9, 1)
ITEMS, DUE, ROUNDS = 1_000_000, 1_000, 3
ROW = """
WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
INSERT INTO office_item (id, body_id, agency_id, public_id, title, public_title, summary, stage,
    returned, opens_on, opening_reason, opening_document, noticed_end, noticed_review, added_by,
    declared_open_on, lapsed_on)
SELECT lower(hex(randomblob(16))), 'kota', '{agency}', 'I' || i, 'Informasi ' || i,
    'Informasi ' || i, '', 'dikecualikan', '', {day}, '', '', '', '', '{person}', {declared}, {past}
FROM n
"""
AHEAD = "date('2026-12-01', '+' || (i % 9000) || ' days')"
BEHIND = "date('2026-08-31', '-' || (i % 4000) || ' days')"


def main(items, due, rounds):
    with tempfile.TemporaryDirectory(prefix="ppid-bench-", dir=Path.cwd()) as folder:
        os.environ["PPID_DATA"] = folder
        from contenders_of_sweep import Office  # starts Django, on the folder above

        office = Office(at=datetime(2026, 9, 1, 6).astimezone())
        fill(office, items=items, due=due)
        best = {}
        for _ in range(rounds):
            for name in ("floor", "bare", "watch", "watch again"):
                spent, count = timed(getattr(office, name.replace(" ", "_")))
                assert count == (0 if name == "watch again" else due), (name, count)
                best[name] = min(best.get(name, spent), spent)
                if name != "watch":
                    office.reset()
        report(best, items=items, due=due, plans=office.plans())


def fill(office, *, items, due):
    ended, near = due // 2, due - due // 2
    open_since = (items - due) // 3
    parts = (
        (ended, f"'{TODAY}'", "NULL", "NULL"),
        (near, f"'{TODAY + timedelta(days=20)}'", "NULL", "NULL"),
        (open_since, BEHIND, "NULL", BEHIND),
        (open_since, BEHIND, BEHIND, "NULL"),
        (items - due - 2 * open_since, AHEAD, "NULL", "NULL"),
    )
    first = 1
    for count, day, declared, past in parts:
        values = {"day": day, "declared": declared, "past": past}
        who = {"agency": office.agency, "person": secrets.token_hex(16)}
        if count:
            office.sql(ROW.format(first=first, last=first + count - 1, **values, **who))
        first += count
    office.sql("ANALYZE")


def timed(act):
    began = time.perf_counter()
    count = act()
    return time.perf_counter() - began, count


def report(best, *, items, due, plans):
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ",
        end="",
    )
    print(f"{items:,} items, {due:,} due")
    for name, spent in best.items():
        ratios = f"{spent / best['bare']:5.2f} x bare  {spent / best['floor']:6.1f} x floor"
        print(f"{name:12} {spent * 1000:9.1f} ms  {ratios}")
    for plan in plans:
        print(f"plan: {plan}")
    assert plans
    assert all("USING INDEX item_" in plan and "MULTI-INDEX" not in plan for plan in plans)
    assert best["watch"] <= 2 * best["bare"], "more than twice its queries and writes"


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:4]]
    main(*given, *(ITEMS, DUE, ROUNDS)[len(given) :])
