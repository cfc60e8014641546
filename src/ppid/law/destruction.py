"""The procedure by which an archive is destroyed (pemusnahan arsip): who must have said what.

Decides what each stage lacks. Whether an archive may be destroyed at all is `ppid.law.retention`'s.
"""

from collections.abc import Collection
from enum import StrEnum

from ppid.errors import Finding

LONG_YEARS = 10
FEWEST_WITNESSES = 2


class Element(StrEnum):
    """Whom the appraisal panel (panitia penilai arsip) has at least."""

    CHAIR = "pimpinan_unit_kearsipan"
    UNIT = "pimpinan_unit_pengolah"
    ARCHIVIST = "arsiparis"


class Consent(StrEnum):
    """Whose written consent a destruction has besides that of the head."""

    REGION = "kepala_daerah"
    NATIONAL = "kepala_anri"


def panel_obstacles(elements: Collection[Element]) -> tuple[Finding, ...]:
    """Return what a panel lacks: head of the archives, head of the unit, archivist.

    Source: PP 28/2012 ps. 67 (3).
    """
    if set(elements) >= {*Element}:
        return ()
    return (
        Finding(
            "panel_incomplete",
            "Panitia penilai belum lengkap.",
            "panel",
            "Isi pimpinan unit kearsipan sebagai ketua, pimpinan unit pengolah, dan arsiparis.",
            "PP 28/2012 ps. 67 (3)",
        ),
    )


def approval_obstacles(
    *, opinion: str, consent: Consent | None, consent_number: str, retention_years: int
) -> tuple[Finding, ...]:
    """Return what the head still needs: the panel's written opinion and the right consent.

    retention_years: the longest on the list, active and inactive together; from ten years on only
    the consent of Kepala ANRI counts, which is enough for shorter ones too.
    Source: PP 28/2012 ps. 69 (1), ps. 70 (1), ps. 71 (1) (reading: docs/decisions/0129).
    """
    found = []
    if not opinion.strip():
        text = "Nomor surat pertimbangan panitia penilai belum diisi."
        hint = "Panitia memberi pertimbangan tertulis lebih dahulu."
        found.append(Finding("opinion_missing", text, "opinion", hint, "PP 28/2012 ps. 66 huruf d"))
    if consent is None or not consent_number.strip():
        text = "Persetujuan tertulis dari luar satuan kerja belum diisi."
        hint = (
            "Gubernur atau bupati/walikota; Kepala ANRI bila retensinya sepuluh tahun atau lebih."
        )
        source = "PP 28/2012 ps. 71 (1)"
        found.append(Finding("consent_missing", text, "consent_number", hint, source))
    elif retention_years >= LONG_YEARS and consent is not Consent.NATIONAL:
        text = "Retensi sepuluh tahun atau lebih memerlukan persetujuan Kepala ANRI."
        source = "PP 28/2012 ps. 72 (1)"
        found.append(Finding("consent_of_anri_missing", text, "consent", source=source))
    return tuple(found)


def witness_obstacles(witnesses: int, *, minutes: str) -> tuple[Finding, ...]:
    """Return what the carrying out lacks: two officials of law or supervision, and the minutes.

    Source: PP 28/2012 ps. 66 huruf g.
    """
    found = []
    if witnesses < FEWEST_WITNESSES:
        text = "Pemusnahan disaksikan paling sedikit dua pejabat unit hukum atau pengawasan."
        found.append(
            Finding("witnesses_missing", text, "witnesses", source="PP 28/2012 ps. 66 huruf g")
        )
    if not minutes.strip():
        text = "Nomor berita acara pemusnahan belum diisi."
        found.append(
            Finding("minutes_missing", text, "minutes", source="PP 28/2012 ps. 66 huruf g")
        )
    return tuple(found)
