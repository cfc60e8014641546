"""Which tests may go where others do all that they do."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping


def redundant(does: Mapping[str, Collection[Hashable]], dear: Mapping[str, float]) -> list[str]:
    """Return the tests that do nothing which no other test does, the dearest gone first.

    does: for each test what it does, each thing once. dear: what a test costs; who is not in it, or
    does nothing that is seen, stays.
    """
    doers = Counter(one for things in does.values() for one in things)
    found = []
    for name in sorted(dear, key=lambda name: (-dear[name], name)):
        if does[name] and all(doers[one] > 1 for one in does[name]):
            doers.subtract(does[name])
            found.append(name)
    return sorted(found)
