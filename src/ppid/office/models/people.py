"""People, their sign-in names, and the appointments from which all authority comes."""

from django.db import models

from ppid.office.models.bodies import Agency, Body


class Person(models.Model):
    """A person. One NIP is one person: a second account of the same NIP is the same person."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="people")
    name = models.CharField(max_length=200)
    nip = models.CharField(max_length=18, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "nip"], condition=~models.Q(nip=""), name="person_nip"
            )
        ]
        ordering = ["name"]


class Account(models.Model):
    """Which person signs in under a user name. Passwords live with the sign-in, not here.

    given: somebody else set the password and may know it.
    """

    username = models.CharField(max_length=150, primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    given = models.BooleanField(default=False)


class Appointment(models.Model):
    """An appointment to a role, by decree, from a day to a day (both inclusive).

    kind: "definitif", "plt" or "plh" (acting). agency: None for the whole body.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.SlugField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="appointments")
    kind = models.CharField(max_length=10, default="definitif")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    decree_number = models.CharField(max_length=100)
    decree_date = models.DateField()


class Mandate(models.Model):
    """A mandate by letter (a.n., u.b.): the holder acts for the giver in one role, for some acts.

    Both days inclusive. acts: `ppid.office.mandate.MandatedAct`. through: the mandate by which the
    giver holds the role themself, when it is passed on (u.b.).
    """

    id = models.UUIDField(primary_key=True)
    giver = models.ForeignKey(Person, models.PROTECT, related_name="mandates_given")
    holder = models.ForeignKey(Person, models.PROTECT, related_name="mandates_held")
    role = models.SlugField(max_length=200)
    acts = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    letter_number = models.CharField(max_length=100)
    letter_date = models.DateField()
    through = models.ForeignKey("self", models.PROTECT, null=True, related_name="passed_on")

    class Meta:
        ordering = ["-starts_on", "letter_number"]
