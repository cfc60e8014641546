"""Who writes the office's tables, read from the source: projections only, and never silently."""

import ast
from collections.abc import Iterator

from source_tree import Function, Module, functions

WRITERS = (
    "ppid.office.projections",
    "ppid.office.log",
    "ppid.office.writing",
    "ppid.office.statements",
    "ppid.office.backup.snapshot",
)
"""Who may write: what an event makes of the tables, the log itself, the guard of double clicks.

The snapshot of a backup speaks SQL to copy whole databases; it writes none of ours."""

ALWAYS = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
ON_ROWS = {"create", "update", "aupdate", "acreate"}
ROWS = ("objects", "filter(", "exclude(", "all()", "_default_manager", "rows(")
NO_RECORD = (
    *("User.objects", "Draft.objects", "Act.objects"),
    *("KeeperState.objects", "Cosignature.objects", "ChannelDelivery.objects"),
    "TokenUse.objects",
)
"""What is written beside the log: who may sign in, unsaved forms, forms that were sent,
and who has been sent a checkpoint or an edition."""

SQL = {"execute", "executemany", "raw"}


def is_writer(module: Module) -> bool:
    """Return whether the module may write tables."""
    return any(module.name == one or module.name.startswith(f"{one}.") for one in WRITERS)


def strange_writes(modules: list[Module]) -> list[str]:
    """Return the places in the office, outside the writers, that write a table."""
    return [
        f"{module.path}:{node.lineno} {ast.unparse(node.func)}"
        for module in modules
        if module.name.startswith("ppid.office") and not is_writer(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if _writes(node.func)
    ]


def _writes(function: ast.Attribute) -> bool:
    receiver = ast.unparse(function.value)
    if any(one in receiver for one in NO_RECORD):
        return False
    on_rows = function.attr in ON_ROWS and any(one in receiver for one in ROWS)
    return function.attr in ALWAYS or function.attr in SQL or on_rows


def silent_actions(modules: list[Module]) -> list[str]:
    """Return the public actions that open a write and never come to append an event."""
    actions = [one for one in modules if one.name.startswith("ppid.office.actions.")]
    public = {
        function.name: (module, function)
        for module in actions
        for function in functions(module)
        if not function.name.startswith("_")
    }
    reached = {name: _reached(*place, public) for name, place in public.items()}
    return sorted(n for n, names in reached.items() if "writing" in names and "append" not in names)


def _reached(module: Module, function: Function, public: dict) -> set[str]:
    """Return every name that the function calls, however far down within the actions."""
    found: set[str] = set()
    waiting = [(module, function)]
    while waiting:
        here, caller = waiting.pop()
        local = {one.name: (here, one) for one in functions(here)}
        for name in set(_called(caller)) - found:
            found.add(name)
            if name in local or name in public:
                waiting.append(local.get(name) or public[name])
    return found


def _called(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
