"""Public bodies and their agencies."""

from zoneinfo import ZoneInfo

from django.db import models


class Body(models.Model):
    """A public body (badan publik). `settings` holds readings a body may choose (docs/decisions).

    head_roles: whose approval counts as that of the pimpinan; term_roles: who fixes the term of
    huruf c-f; days_per_week: 5 or 6; collective_leave_works: whether cuti bersama are worked;
    mandate_of_head: whether the head's approval may be given by mandate (0093);
    expiry_rule: "jendela" or "tenggat" (0018); deliberation: whether a determination waits for one
    (0026); site_text: what its public list says of itself.
    upload_megabytes: how large an upload may be (0122); fixity_days: within how many days every
    sealed file is read again (0131).
    keepers: who outside is sent its checkpoints (ppid.office.keepers).
    paper_size, letterhead_lines, logo: how its papers look (`ppid.papers.letterhead`);
    label_sheet, label_words: how its labels do (`ppid.office.labels`).
    calendar: the digest of the decrees and weeks it has entered (ppid.office.calendar), or empty;
    days_per_week and collective_leave_works are those of the time before the first week.
    vkey: the public key of its log's checkpoints.
    """

    slug = models.SlugField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=100)
    timezone = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    calendar = models.CharField(max_length=64, blank=True)
    vkey = models.CharField(max_length=200, blank=True)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which the body counts its days."""
        return ZoneInfo(self.timezone)


class Agency(models.Model):
    """An agency (perangkat daerah) that holds information and takes part in cases."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="agencies")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="agency_code")]
        ordering = ["name"]
