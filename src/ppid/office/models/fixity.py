"""When each sealed file was last read to its end, and what was wrong with it then."""

from django.db import models

from ppid.office.models.bodies import Body
from ppid.office.models.people import Person


class Fixity(models.Model):
    """The last fixity check (pemeriksaan keutuhan) of one sealed file.

    name: of the file; sealed anew it is another file, never read yet. damage: the code of what was
    wrong, or empty.
    """

    name = models.CharField(max_length=100, primary_key=True)
    body = models.ForeignKey(Body, models.CASCADE)
    checked_at = models.DateTimeField()
    damage = models.CharField(max_length=40, blank=True)


class FixityWish(models.Model):
    """That a body's whole vault is to be read anew: every file sealed before the wish."""

    body = models.OneToOneField(Body, models.CASCADE, primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.CASCADE)
