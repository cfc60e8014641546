"""`ppid ledger`: the log seen from outside. Each command is a module of its own.

`verify` and `witness` need no office: neither settings, nor a database, nor Django.
"""

from ppid.commands.lazy import LazyGroup

COMMANDS = {
    "verify": ("ppid.commands.ledger_verify:verify", "Periksa log, edisi, atau berkas bukti."),
    "export": ("ppid.commands.ledger_office:export", "Tulis log sebagai berkas."),
    "open": ("ppid.commands.ledger_office:open_event", "Buka nilai yang diikrarkan bagi majelis."),
    "witness": (
        "ppid.commands.ledger_witness:witness",
        "Jadilah saksi bagi log badan publik lain.",
    ),
}

ledger = LazyGroup(
    name="ledger", table=COMMANDS, help="Periksa, terbitkan, dan saksikan log badan publik."
)
