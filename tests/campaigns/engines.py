"""Who seals and opens in a campaign: `--program` gives every file to the `age` program.

Without it the program has the files from 4 MiB on, so nearly none (docs/decisions/0137).
"""

import sys

from ppid.vault import age, age_program


def add_choice(parser):
    """Let the command line choose."""
    parser.add_argument("--program", action="store_true")


def choose(arguments):
    """Do what was chosen; return its name. Ends the campaign if the program is not to be had."""
    if not arguments.program:
        return "pyrage"
    if not age_program.usable():
        sys.exit("the age program is not installed: tools/test-requirements.sh installs it")
    age.LARGE = 1
    return "program"
