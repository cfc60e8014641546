"""SOPs that are hard to draw: many actors, loops, pages, forks, long words; sound or not."""

from random import Random

from ppid.sop.definition import (
    ApprovedBy,
    Dates,
    Definition,
    ForEach,
    Outcome,
    Performer,
    Step,
    Trigger,
)

TEXT = (
    "informasi dokumentasi publik yang dikecualikan daftar menerima mengumpulkan memeriksa "
    "kepada PPID pelaksana pertimbangan perundang-undangan konsekuensi dan/atau arsip"
)
WORDS = TEXT.split()
NAMES = (
    "Petugas PPID",
    "Pejabat Bidang Pelayanan Informasi dan Dokumentasi",
    "Atasan PPID",
    "Tim Pertimbangan Pelayanan Informasi",
    "PPID Pelaksana",
    "Kepala Subbagian Perundang-undangan",
)
OUTCOMES = ("Ya", "Tidak", "Ditunda", "Disetujui dengan perbaikan")


def sentence(rng, most):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, most)))


def performers(count):
    return tuple(Performer(f"p{n}", NAMES[n % len(NAMES)], ("peran",)) for n in range(count))


def random_sop(seed, *, actors, steps, loops=0.3, forks=0.1, joint=0.15, words=20):
    """Return an SOP with these sizes; the flow need not make sense, only be drawn."""
    rng = Random(seed)
    rows = tuple(
        _step(rng, number, steps, actors, (loops, forks, joint, words))
        for number in range(1, steps + 1)
    )
    return Definition(
        "contoh",
        "Contoh SOP yang sulit digambar",
        performers(actors),
        rows,
        institution="PEMERINTAH KOTA CONTOH",
        unit="DINAS KOMUNIKASI DAN INFORMATIKA",
        number="12/IKP/2026",
        legal_basis=tuple(sentence(rng, 14) for _ in range(rng.randint(0, 9))),
        limit="10 hari kerja + 7 hari kerja",
        dates=Dates(made="5 Januari 2026"),
        approved_by=ApprovedBy("Kepala Dinas", "Nama", "1"),
    )


def _step(rng, number, last, actors, odds):
    loops, forks, joint, words = odds
    following = (number + 1,) if number < last else ()
    outcomes, onward = (), following
    if rng.random() < loops:
        names = OUTCOMES[: rng.choice((2, 2, 2, 3, 4))]
        targets = [(rng.randint(1, number),) if rng.random() < 0.8 else () for _ in names[1:]]
        outcomes = tuple(map(Outcome, names, [following, *targets]))
        onward = ()
    elif rng.random() < forks and number + 3 <= last:
        onward = (number + 1, number + rng.choice((2, 3)))
    several = min(actors, rng.choice((2, 2, 3))) if rng.random() < joint else 1
    return Step(
        number,
        sentence(rng, words),
        tuple(f"p{n}" for n in rng.sample(range(actors), several)),
        label=f"{number}a" if rng.random() < 0.1 else "",
        requirements=tuple(sentence(rng, 5) for _ in range(rng.randint(0, 3))),
        time=rng.choice((None, "5 hari kerja", "sesuai peraturan perundang-undangan")),
        outputs=tuple(sentence(rng, 5) for _ in range(rng.randint(0, 2))),
        remark=sentence(rng, 6) if rng.random() < 0.2 else "",
        outcomes=outcomes,
        next=onward,
        for_each=ForEach.AGENCY if rng.random() < 0.1 else None,
        trigger=Trigger.TERM_ENDS if rng.random() < 0.05 else None,
    )
