"""How each control of the SOP editor looks: its label, its kind, what may be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from ppid.errors import Finding
from ppid.sop.definition import Action


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a control looks. kind: text, long, lines, select, checks, check."""

    label: str
    kind: str
    hint: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """A control with its values, what is wrong with them, and what the law says of them."""

    name: str
    look: Look
    values: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def value(self) -> str:
        """Return the one value of a text or choice."""
        return self.values[0] if self.values else ""

    @property
    def rows(self) -> int:
        """Return how many lines a text area shows: as many as it has, within bounds."""
        lines = sum(1 + len(line) // 60 for line in self.value.split("\n"))
        return min(max(lines, 2), 12)

    @property
    def options(self) -> tuple[Option, ...]:
        """Return what may be chosen, the present value always among it."""
        known = {one.value for one in self.look.options}
        strange = tuple(Option(one, f"({one})") for one in self.values if one not in known)
        return (*self.look.options, *strange)


ACTIONS = tuple(
    Option(action.value, label)
    for action, label in (
        (Action.COLLECT, "Kumpulkan: menghimpun calon informasi"),
        (Action.TEST, "Uji: mengisi lembar uji konsekuensi"),
        (Action.CONSIDER, "Pertimbangkan: rapat tim, berita acara"),
        (Action.APPROVE, "Setujui: menyetujui atau menolak"),
        (Action.DETERMINE, "Tetapkan: surat penetapan klasifikasi"),
        (Action.CLASSIFY, "Klasifikasi: dasar dan jangka waktu"),
        (Action.ARCHIVE, "Arsipkan: salinan lunak dan tempat arsip"),
        (Action.OPEN, "Buka: informasi yang berakhir masanya"),
        (Action.PUBLISH, "Umumkan: menerbitkan daftar"),
        (Action.FORWARD, "Teruskan: menyerahkan dengan catatan"),
        (Action.RECEIVE, "Terima: menerima dan membaca"),
        (Action.WORK, "Kerjakan: pekerjaan lain"),
    )
)
IDENTITY: Mapping[str, Look] = {
    "nama": Look("Nama SOP", "long"),
    "kode": Look("Kode", "text", "Huruf kecil, angka, tanda hubung; misalnya kota-contoh."),
    "nomor": Look("Nomor SOP", "text"),
    "instansi": Look("Badan publik", "text"),
    "unit": Look("Unit kerja", "long"),
}
DATES: Mapping[str, Look] = {
    f"tanggal-{key}": Look(label, "text", hint)
    for key, label, hint in (
        ("pembuatan", "Tanggal pembuatan", "Misalnya 24 Juli 2024."),
        ("revisi", "Tanggal revisi", ""),
        ("pengesahan", "Tanggal pengesahan", ""),
        ("efektif", "Tanggal efektif", ""),
        ("berakhir", "Berlaku sampai", "Sesudah hari ini tidak ada berkas baru."),
    )
}
APPROVED: Mapping[str, Look] = {
    "disahkan-jabatan": Look("Disahkan oleh (jabatan)", "text"),
    "disahkan-nama": Look("Nama pejabat", "text"),
    "disahkan-nip": Look("NIP", "text"),
    "batas": Look("Batas waktu keseluruhan", "text", "Misalnya 10 hari kerja + 7 hari kerja."),
}
LISTS: Mapping[str, Look] = {
    key: Look(label, "lines", hint)
    for key, label, hint in (
        ("dasar_hukum", "Dasar hukum", "Satu per baris."),
        ("kualifikasi_pelaksana", "Kualifikasi pelaksana", "Satu per baris."),
        ("keterkaitan", "Keterkaitan", "Satu per baris."),
        ("peralatan", "Peralatan dan perlengkapan", "Satu per baris."),
        ("peringatan", "Peringatan", "Satu per baris."),
        ("pencatatan", "Pencatatan dan pendataan", "Satu per baris."),
        ("catatan", "Catatan penyalin", "Tidak tercetak pada lembar SOP. Satu per baris."),
    )
}
