"""The rows of the matrix: one [[langkah]] table of an SOP file becomes a Step.

It decides what each key of a row may hold and where a row may lead; whether the whole flow can run
well is `flow`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence

from ppid.sop.definition import FINISH, Action, Definition, ForEach, Outcome, Step, Trigger
from ppid.sop.fields import Table, is_whole_number

FLOW_KEYS = ("keputusan", "lanjut", "tunggu", "untuk_setiap", "pemicu")
KEYS = (
    "kegiatan",
    "pelaksana",
    "aksi",
    "baris",
    "kelengkapan",
    "waktu",
    "waktu_sampai",
    "output",
    "keterangan",
    "dasar",
    *FLOW_KEYS,
    "alasan",
    "bukan_pelaku",
    "simpulan",
)
TARGET = f'nomor langkah, daftar nomor langkah, atau "{FINISH}"'


def read_step(table: Table, number: int, *, count: int, performers: Collection[str]) -> Step:
    """Return the step that the table describes; mistakes are noted in the table.

    count: how many steps the file has. performers: the declared codes.
    """
    table.refuse_unknown(KEYS)
    outcomes = _outcomes(table, number, count=count)
    return Step(
        number=number,
        activity=table.required_text("kegiatan"),
        performers=_performers(table, performers),
        action=table.choice("aksi", Action) or Action.WORK,
        label=table.text("baris"),
        requirements=table.texts("kelengkapan"),
        time=table.text("waktu") or None,
        time_through=_time_through(table, number, count=count),
        outputs=table.texts("output"),
        remark=table.text("keterangan"),
        source=table.text("dasar"),
        outcomes=outcomes,
        next=_next(table, number, count=count),
        wait_for=_wait_for(table, number, count=count),
        for_each=table.choice("untuk_setiap", ForEach),
        not_performed_by=_numbers(table, "bukan_pelaku", count=count),
        trigger=table.choice("pemicu", Trigger),
        inferred=table.text("simpulan"),
    )


def _performers(table: Table, declared: Collection[str]) -> tuple[str, ...]:
    if not table.require("pelaksana", allowed="daftar kode pelaksana"):
        return ()
    codes = table.texts("pelaksana")
    value = table.values["pelaksana"]
    if isinstance(value, list):
        _refuse_empty_and_repeated(table, "pelaksana", value)
    for code in dict.fromkeys(codes):
        if code and declared and code not in declared:
            table.report("pelaksana", "unknown_performer", undeclared(code, declared))
    return codes


def undeclared(code: str, declared: Collection[str]) -> str:
    """Return the sentence that says that no such performer is declared."""
    return f'Pelaksana "{code}" tidak ada di [[pelaksana]]; yang ada: {", ".join(declared)}.'


def _outcomes(table: Table, number: int, *, count: int) -> tuple[Outcome, ...]:
    with_reason = table.texts("alasan")
    value = table.values.get("keputusan", {})
    if not isinstance(value, dict):
        table.wrong_type("keputusan", value, allowed="tabel, misalnya { Ya = 3, Tidak = 1 }")
        return ()
    for name in dict.fromkeys(with_reason):
        if name not in value:
            allowed = ", ".join(value) or "tidak ada, karena langkah ini tanpa keputusan"
            message = f'"{name}" bukan hasil keputusan langkah ini; yang ada: {allowed}.'
            table.report("alasan", "unknown_outcome", message)
    if "keputusan" not in table.values:
        return ()
    if len(value) < 2:
        message = "Keputusan memerlukan paling sedikit dua hasil."
        table.report(
            "keputusan", "too_few_outcomes", message, hint='Tanpa pilihan, pakai "lanjut".'
        )
    if "lanjut" in table.values:
        message = '"keputusan" dan "lanjut" tidak boleh bersama; pilih salah satu.'
        table.report("lanjut", "next_beside_decision", message)
    return tuple(
        _outcome(table, name, number, count=count, with_reason=with_reason) for name in value
    )


def _outcome(
    table: Table, name: str, number: int, *, count: int, with_reason: Collection[str]
) -> Outcome:
    place = f"keputusan.{name}"
    if not name.strip():
        table.report(place, "empty_text", "Hasil keputusan harus bernama.")
    targets = _targets(table, place, table.values["keputusan"][name], count=count)  # type: ignore[index]
    back = any(target <= number for target in targets)
    return Outcome(name, targets, needs_reason=back or name in with_reason)


def _next(table: Table, number: int, *, count: int) -> tuple[int, ...]:
    if "lanjut" in table.values:
        targets = _targets(table, "lanjut", table.values["lanjut"], count=count)
        return () if "keputusan" in table.values else targets
    if "keputusan" in table.values or number == count:
        return ()
    return (number + 1,)


def _targets(table: Table, place: str, value: object, *, count: int) -> tuple[int, ...]:
    if value == FINISH:
        return ()
    if isinstance(value, list):
        return _number_list(table, place, value, count=count)
    if not is_whole_number(value):
        if isinstance(value, str):
            table.report(place, "bad_target", f'Isinya "{value}", seharusnya {TARGET}.')
        else:
            table.wrong_type(place, value, allowed=TARGET)
        return ()
    return _existing(table, place, value, count=count)


def _wait_for(table: Table, number: int, *, count: int) -> tuple[int, ...]:
    value = table.values.get("tunggu", [])
    if not isinstance(value, list):
        table.wrong_type("tunggu", value, allowed="daftar nomor langkah")
        return ()
    if "tunggu" not in table.values:
        return ()
    numbers = _number_list(table, "tunggu", value, count=count)
    if number in numbers:
        table.report("tunggu", "waits_for_itself", "Langkah tidak dapat menunggu dirinya sendiri.")
    return numbers


def _number_list(
    table: Table, place: str, value: Sequence[object], *, count: int
) -> tuple[int, ...]:
    _refuse_empty_and_repeated(table, place, value)
    numbers: list[int] = []
    for entry in value:
        if entry == FINISH:
            message = f'"{FINISH}" tidak boleh di dalam daftar; yang boleh: nomor langkah.'
            table.report(place, "finish_in_list", message)
        elif not _is_blank(entry):
            numbers.extend(_existing(table, place, entry, count=count))
    return tuple(dict.fromkeys(numbers))


def _numbers(table: Table, key: str, *, count: int) -> tuple[int, ...]:
    value = table.values.get(key, [])
    if not isinstance(value, list):
        table.wrong_type(key, value, allowed="daftar nomor langkah")
        return ()
    return tuple(n for entry in value for n in _existing(table, key, entry, count=count))


def _existing(table: Table, place: str, value: object, *, count: int) -> tuple[int, ...]:
    """Return the step number in a tuple; empty, and noted, when there is no such step."""
    if not isinstance(value, int) or isinstance(value, bool):
        table.wrong_type(place, value, allowed="nomor langkah (bilangan bulat)")
        return ()
    if 1 <= value <= count:
        return (value,)
    message = f"Langkah {value} tidak ada; yang ada: 1 sampai {count}."
    table.report(place, "no_such_step", message)
    return ()


def _refuse_empty_and_repeated(table: Table, place: str, value: Sequence[object]) -> None:
    if not value:
        table.report(place, "empty_list", "Daftar ini kosong; isi paling sedikit satu.")
    if any(_is_blank(entry) for entry in value):
        table.report(place, "empty_entry", "Ada isi daftar yang kosong.")
    # By their writing: 1 and true are equal in Python, and not in a file.
    for entry, times in Counter(repr(entry) for entry in value if not _is_blank(entry)).items():
        if times > 1:
            table.report(place, "repeated_entry", f"{entry} tertulis lebih dari sekali.")


def _is_blank(entry: object) -> bool:
    return isinstance(entry, str) and not entry.strip()


def _time_through(table: Table, number: int, *, count: int) -> int | None:
    if "waktu_sampai" not in table.values:
        return None
    found = _existing(table, "waktu_sampai", table.values["waktu_sampai"], count=count)
    if found and found[0] <= number:
        message = f"Isinya {found[0]}, seharusnya langkah sesudah langkah {number}."
        table.report("waktu_sampai", "not_later", message)
        return None
    return found[0] if found else None


def refuse_doubled_time(tables: Sequence[Table | None], steps: Sequence[Step]) -> None:
    """Note every merged time cell that covers a step with a time of its own."""
    timed = [at for at, row in enumerate(tables, 1) if row is not None and "waktu" in row.values]
    for step in steps:
        table = tables[step.number - 1]
        later = bisect_right(timed, step.number)
        if table is None or step.time_through is None or later == len(timed):
            continue
        if timed[later] <= step.time_through:
            message = f'Waktu ini meliputi langkah {timed[later]}, yang punya "waktu" sendiri.'
            table.report("waktu_sampai", "covers_other_time", message)


def refuse_leaving_run(tables: Sequence[Table], sop: Definition) -> None:
    """Note every way out of a repeated run on which its agencies could not come together.

    An outcome may leave to the row after the run only; and where there is a choice, everything
    that leaves must leave to the same place.
    """
    first = 1
    while first <= len(sop.steps):
        run = sop.group(first)
        if any(sop.step(number).is_decision for number in run):
            _refuse_leaving(tables, sop, run)
        first += max(len(run), 1)


def _refuse_leaving(tables: Sequence[Table], sop: Definition, run: tuple[int, ...]) -> None:
    inside, after = set(run), run[-1] + 1
    behind = () if after > len(sop.steps) else (after,)
    leaving = [
        (number, choice, targets)
        for number in run
        for choice, targets in _ways(sop.step(number))
        if not targets or not inside.issuperset(targets)
    ]
    together = len({targets for _, _, targets in leaving}) == 1
    for number, choice, targets in leaving:
        table = tables[number - 1]
        parted = not together or not inside.isdisjoint(targets)
        if targets != behind and (choice != "lanjut" or parted):
            allowed = f"langkah {after}" if behind else f'"{FINISH}"'
            message = f"Hanya boleh ke langkah {run[0]} sampai {run[-1]} atau ke {allowed}."
            hint = "Langkah untuk setiap perangkat daerah saling menunggu sesudahnya."
            table.report(choice, "leaves_run", message, hint=hint)


def _ways(step: Step) -> list[tuple[str, tuple[int, ...]]]:
    outcomes = [(f"keputusan.{choice.name}", choice.targets) for choice in step.outcomes]
    return outcomes or [("lanjut", step.next)]
