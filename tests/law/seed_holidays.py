"""Print one year of src/ppid/law/data/holidays.toml from the package `holidays`, as a seed.

The package is no authority: from 2028 it adds no cuti bersama, and later years hold estimates. What
it prints is checked against the yearly decrees by hand before it becomes law for the program.

    python tests/law/seed_holidays.py 2020 2021 2022
"""

import sys

import holidays

from ppid.office.holiday_seed import days_off

OFFICIAL = holidays.PUBLIC
COLLECTIVE = holidays.GOVERNMENT


def as_toml(year: int) -> str:
    """Return the year as the tables of holidays.toml."""
    lines = [f"[tahun.{year}]", 'keputusan = ""', f'sumber = "seed: paket holidays {version()}"']
    lines += ['keyakinan = "seed"', "", f"[tahun.{year}.libur]"]
    lines += [f'{day} = "{name}"' for day, name in days_off(year, OFFICIAL).items()]
    lines += ["", f"[tahun.{year}.cuti_bersama]"]
    lines += [f'{day} = "{name}"' for day, name in days_off(year, COLLECTIVE).items()]
    return "\n".join(lines) + "\n"


def version() -> str:
    """Return the version of the package that the seed comes from."""
    return holidays.__version__


if __name__ == "__main__":
    sys.stdout.write("\n".join(as_toml(int(year)) for year in sys.argv[1:]))
