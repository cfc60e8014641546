"""When each sealed file was last read to its end, and what was wrong with it then."""

from django.db import models

from ppid.office.models.bodies import Body


class Fixity(models.Model):
    """The last fixity check (pemeriksaan keutuhan) of one sealed file.

    name: of the file; sealed anew it is another file, never read yet. damage: the code of what was
    wrong, or empty.
    """

    name = models.CharField(max_length=100, primary_key=True)
    body = models.ForeignKey(Body, models.CASCADE)
    checked_at = models.DateTimeField()
    damage = models.CharField(max_length=40, blank=True)
