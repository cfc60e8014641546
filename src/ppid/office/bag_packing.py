"""Pack or validate a bag in a process of its own, because bagit changes the folder it works in.

    python -m ppid.office.bag_packing FOLDER    with the bag's info on its input, as JSON

Without info the bag is validated. Every user of the machine can read the arguments of a process, so
that the title of an item comes by the pipe.
"""

import json
import sys
from pathlib import Path

import bagit

CHECKSUMS = ["sha256", "sha512"]


def pack(folder: Path, about: dict[str, str]) -> None:
    """Make a bag of a folder, or validate the one it is where there is nothing about it.

    Raises bagit.BagError.
    """
    if about:
        bagit.make_bag(str(folder), about, checksums=CHECKSUMS)
    else:
        bagit.Bag(str(folder)).validate()


def main(folder: str) -> int:
    """Pack or validate, and return the exit status; what is wrong is told on the error output."""
    try:
        pack(Path(folder), json.load(sys.stdin))
    except bagit.BagError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
