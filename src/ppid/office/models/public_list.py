"""The list of public information (DIP), as far as it was entered, to hold the DIK against."""

from django.db import models

from ppid.office.models.bodies import Body


class PublicListEntry(models.Model):
    """One title of the body's list of public information (DIP, UU 14/2008 ps. 11 (1) huruf a)."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="public_list")
    title = models.CharField(max_length=300)
    holder = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["title"]
