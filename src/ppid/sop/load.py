"""Reading an SOP file of format 1 into a Definition, with every mistake at once.

It decides what a file may contain, and mends nothing. What the law says of the SOP is `check`.
"""

import hashlib
import re
import tomllib
from pathlib import Path

from ppid.errors import BadInput, Finding
from ppid.sop.definition import FORMAT, ApprovedBy, Dates, Definition, Performer, Step
from ppid.sop.fields import Table, is_slug, meant
from ppid.sop.flow import faults
from ppid.sop.rows import FLOW_KEYS, read_step, refuse_doubled_time, refuse_leaving_run, undeclared
from ppid.sop.rows import KEYS as ROW_KEYS

WHOLE_FILE = "berkas"
LARGEST_FILE = 1_000_000
LONGEST_LINE = 120
KEYS = (
    "format",
    "kode",
    "nama",
    "instansi",
    "unit",
    "nomor",
    "dasar_hukum",
    "kualifikasi_pelaksana",
    "keterkaitan",
    "peralatan",
    "peringatan",
    "pencatatan",
    "batas",
    "catatan",
    "tanggal",
    "disahkan",
    "pelaksana",
    "langkah",
)
TOML_MESSAGES = (
    ("Cannot overwrite", "kunci atau tabel ini sudah ditulis sebelumnya"),
    ("Cannot declare", "tabel ini sudah ditulis sebelumnya"),
    ("Cannot mutate", "tabel ini sudah ditutup dan tidak dapat ditambah"),
    ("Duplicate inline table key", "kunci ini tertulis dua kali"),
    ("Expected '=' after a key", 'sesudah kunci harus ada tanda "="'),
    ("Expected newline", "sesudah nilai harus ganti baris"),
    ("Expected ']", 'kurung siku tutup "]" tidak ada'),
    ("Illegal character", 'ada huruf yang tidak boleh di sini (teks ganti baris perlu """)'),
    ("Found invalid character", "ada huruf yang tidak boleh di sini"),
    ("Invalid date", "tanggal ini tidak ada di kalender"),
    ("Invalid initial character", "nama kunci tidak sah atau kosong"),
    ("Invalid statement", "baris ini bukan kunci, tabel, atau komentar"),
    ("Invalid value", "nilai ini tidak sah (teks harus di dalam tanda kutip)"),
    ("Unclosed array", 'daftar belum ditutup dengan "]"'),
    ("Unclosed inline table", 'tabel belum ditutup dengan "}"'),
    ("Unescaped", 'tanda "\\" di dalam teks harus ditulis "\\\\"'),
    ("Unterminated string", "tanda kutip tutup tidak ada"),
    ("Expected", "tanda yang diharapkan tidak ada"),
)


def load(path: Path | str) -> Definition:
    """Return the SOP that the file holds. Raises BadInput with every mistake."""
    file = Path(path)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise _unusable("file_not_found", f"Berkas {path} tidak ada.") from None
    except IsADirectoryError:
        raise _unusable("not_a_file", f"{path} adalah folder, bukan berkas SOP.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _unusable("unreadable", f"Berkas {path} tidak dapat dibaca: {reason}.") from None
    return loads(content, name=file.name)


def loads(text: str | bytes, *, name: str) -> Definition:
    """Return the SOP that the text of a file holds.

    name: the file's name, for the message about a file that cannot be read at all.
    Raises BadInput with every mistake.
    """
    definition, findings = read(text, name=name)
    if findings:
        raise BadInput(*findings)
    return definition


def read(text: str | bytes, *, name: str) -> tuple[Definition, tuple[Finding, ...]]:
    """Return the SOP as far as it can be made out, and every mistake of the file.

    With a mistake the definition may name performers that are not declared, or have no rows.
    Raises BadInput for what is no TOML at all.
    """
    content = _bytes(text, name=name)
    values = _toml(_decoded(content, name=name), name=name)
    findings: list[Finding] = []
    table = Table(values, findings)
    definition = _definition(table, hashlib.sha256(content).hexdigest())
    _check_flow(table, definition)
    return definition, tuple(findings)


def _unusable(code: str, message: str, *, hint: str = "") -> BadInput:
    return BadInput(Finding(code, message, place=WHOLE_FILE, hint=hint))


def _bytes(text: str | bytes, *, name: str) -> bytes:
    if isinstance(text, bytes):
        return text
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise _not_utf8(name) from None


def _not_utf8(name: str) -> BadInput:
    hint = "Simpan ulang sebagai UTF-8."
    return _unusable("not_utf8", f"Berkas {name} bukan teks UTF-8.", hint=hint)


def _decoded(content: bytes, *, name: str) -> str:
    if len(content) > LARGEST_FILE:
        raise _unusable("too_large", f"Berkas {name} lebih dari {LARGEST_FILE:,} byte.")
    try:
        # Editors on Windows put a byte order mark in front, which TOML does not know.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8(name) from None
    if "\x00" in text:
        raise _unusable("nul_byte", f"Berkas {name} berisi byte nol; ini bukan berkas teks.")
    if not text.strip():
        raise _unusable("empty_file", f"Berkas {name} kosong.")
    return text


def _toml(text: str, *, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"TOML tidak sah pada {_where(str(error), text)}: {_why(str(error))}."
        raise _unusable("bad_toml", message, hint=_line_said(str(error), text)) from None
    except RecursionError:
        raise _unusable("nested_too_deep", f"Berkas {name} bersarang terlalu dalam.") from None
    except ValueError:
        # Python refuses to read a number of more than 4,300 digits, and TOML's reader lets it pass.
        raise _unusable("bad_toml", _huge_number(text)) from None


def _huge_number(text: str) -> str:
    found = re.search(r"[0-9_]{4000,}", text)
    where = _line_and_column(text, found.start() if found else 0)
    return f"TOML tidak sah pada {where}: bilangan terlalu panjang."


def _line_said(message: str, text: str) -> str:
    """Return the line that is not understood, as it stands in the file; the last at its end."""
    found = re.search(r"at line (\d+)", message)
    lines = text.split("\n")
    line = lines[min(int(found[1]), len(lines)) - 1] if found else lines[-1]
    return f"Baris itu: {line.strip()[:LONGEST_LINE]}" if line.strip() else ""


def _where(message: str, text: str) -> str:
    found = re.search(r"at line (\d+), column (\d+)", message)
    if found:
        return f"baris {found[1]}, kolom {found[2]}"
    return _line_and_column(text, len(text))


def _line_and_column(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"baris {line}, kolom {at - text.rfind(chr(10), 0, at)}"


def _why(message: str) -> str:
    for start, sentence in TOML_MESSAGES:
        if message.startswith(start):
            return sentence
    return message.split(" (at ")[0]


def _definition(table: Table, content_hash: str) -> Definition:
    table.refuse_unknown(KEYS)
    _check_format(table)
    code, name = table.slug("kode", allow="-"), table.required_text("nama")
    performers = _performers(table)
    return Definition(
        code=code,
        name=name,
        performers=performers,
        steps=_steps(table, tuple(performer.code for performer in performers)),
        content_hash=content_hash,
        institution=table.text("instansi"),
        unit=table.text("unit"),
        number=table.text("nomor"),
        legal_basis=table.texts("dasar_hukum"),
        qualifications=table.texts("kualifikasi_pelaksana"),
        related=table.texts("keterkaitan"),
        equipment=table.texts("peralatan"),
        warnings=table.texts("peringatan"),
        records=table.texts("pencatatan"),
        limit=table.text("batas"),
        remarks=table.texts("catatan"),
        dates=_dates(table.table("tanggal")),
        approved_by=_approved_by(table.table("disahkan")),
    )


def _check_format(table: Table) -> None:
    if not table.require("format", allowed=f"format = {FORMAT}"):
        return
    value = table.values["format"]
    if not isinstance(value, int) or isinstance(value, bool):
        table.wrong_type("format", value, allowed=f"bilangan {FORMAT}")
    elif value != FORMAT:
        message = f"Format {value} tidak dikenal; yang boleh: {FORMAT}."
        table.report("format", "unknown_format", message)


def _dates(table: Table) -> Dates:
    table.refuse_unknown(("pembuatan", "revisi", "pengesahan", "efektif", "berakhir"))
    return Dates(
        made=table.day("pembuatan"),
        revised=table.day("revisi"),
        approved=table.day("pengesahan"),
        effective=table.day("efektif"),
        ends=table.day("berakhir"),
    )


def _approved_by(table: Table) -> ApprovedBy:
    table.refuse_unknown(("jabatan", "nama", "nip"))
    return ApprovedBy(table.text("jabatan"), table.text("nama"), table.text("nip"))


def _performers(table: Table) -> tuple[Performer, ...]:
    rows = [row for row in table.tables("pelaksana") if row is not None]
    performers = tuple(_performer(row) for row in rows)
    codes = [performer.code for performer in performers]
    for at, row in enumerate(rows):
        if codes[at] and codes[at] in codes[:at]:
            message = f'Kode "{codes[at]}" sudah dipakai pelaksana lain.'
            row.report("kode", "repeated_performer", message)
        recorder = performers[at].recorded_by
        if recorder is not None and recorder not in codes:
            row.report("dicatat_oleh", "unknown_performer", undeclared(recorder, codes))
    return performers


def _performer(row: Table) -> Performer:
    row.refuse_unknown(("kode", "nama", "peran", "kolom", "dicatat_oleh"))
    return Performer(
        code=row.slug("kode", allow="_"),
        name=row.required_text("nama"),
        roles=_roles(row),
        column=row.flag("kolom", default=True),
        recorded_by=row.text("dicatat_oleh") or None,
    )


def _roles(row: Table) -> tuple[str, ...]:
    if not row.require("peran", allowed="daftar peran"):
        return ()
    if row.values["peran"] == []:
        row.report("peran", "empty_list", "Daftar ini kosong; isi paling sedikit satu peran.")
    roles = row.texts("peran")
    for role in roles:
        if not is_slug(role, allow="_"):
            message = f'Isinya "{role}", seharusnya hanya a-z, 0-9, dan "_".'
            row.report("peran", "bad_code", message)
    return roles


def _check_flow(table: Table, sop: Definition) -> None:
    """Note what makes the flow impossible to run, unless its rows are in doubt already."""
    if not _flow_is_known(table.findings):
        return
    rows = [Table({}, table.findings, prefix=f"langkah {step.number}: ") for step in sop.steps]
    refuse_leaving_run(rows, sop)
    if _flow_is_known(table.findings):
        table.findings.extend(faults(sop))


def _flow_is_known(findings: list[Finding]) -> bool:
    return not any(_blurs_flow(finding) for finding in findings)


def _blurs_flow(finding: Finding) -> bool:
    found = re.match(r"langkah(?: \d+(?:: ([^.]*).*)?)?$", finding.place, re.DOTALL)
    if found is None:
        return False
    key = found[1]
    misspelt = finding.code == "unknown_key" and key and meant(key, ROW_KEYS) in FLOW_KEYS
    return key is None or key in FLOW_KEYS or bool(misspelt)


def _steps(table: Table, performers: tuple[str, ...]) -> tuple[Step, ...]:
    rows = table.tables("langkah")
    steps = tuple(
        read_step(row, number, count=len(rows), performers=performers)
        for number, row in enumerate(rows, start=1)
        if row is not None
    )
    refuse_doubled_time(rows, steps)
    return steps
