"""Run `ppid` on another day: `python on_another_day.py FILE serve --port 8000`.

FILE holds how many seconds the office's clock is ahead; it is read at each look at the clock, so
the days pass while the processes run.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

AHEAD = Path(sys.argv.pop(1))
now, seconds = timezone.now, time.time
timezone.now = lambda: now() + timedelta(seconds=float(AHEAD.read_text()))
time.time = lambda: seconds() + float(AHEAD.read_text())  # by which pages are kept

from ppid.cli import main  # noqa: E402  after the clock was set

sys.exit(main())
