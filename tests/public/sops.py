"""SOPs made for tests: complete by default, changed where a test says so."""

from datetime import UTC, datetime

from ppid.public.intake import SopIn, SopStepIn, accept_sop
from public.editions import body_in

SHEET = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 10 10"><title>SOP</title>'
    '<g><rect x="1" y="1" width="2" height="2" fill="#fff"/><path d="M0 0L1 1"/>'
    "<text>Uji</text></g></svg>"
)


def sop_in(**values) -> SopIn:
    """An SOP of one page and one step."""
    step = SopStepIn(
        row="1",
        activity="Menguji konsekuensi",
        performers=("PPID",),
        requirements=("Usulan",),
        time="5 hari kerja",
        outputs=("Lembar uji",),
    )
    return SopIn(
        **{
            "content_hash": "a" * 64,
            "code": "sop-contoh",
            "name": "Pendokumentasian informasi yang dikecualikan",
            "number": "065/12/2025",
            "made": "01-07-2025",
            "revised": "",
            "effective": "01-08-2025",
            "starts_on": None,
            "ends_on": None,
            "adopted_at": datetime(2026, 1, 5, tzinfo=UTC),
            "sheets": (SHEET,),
            "steps": (step,),
        }
        | values
    )


def publish_sop(**values) -> None:
    """Let an SOP of the example body in."""
    accept_sop(sop_in(**values), body=body_in())
