"""What signing costs beside pyHanko alone: the same PKCS#12, the same paper, B-B.

`python bench/signing.py [ROUNDS]`. "alone" is pyHanko's own shortest way with the same key; "ours"
also looks at the certificate's term, purpose and chain before it signs. "accepted" is what a person
waits for: two processes, one that signs and one, set apart, that reads the result again.
"""

import io
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Without this folder: its papers.py would hide the tests' package of that name.
sys.path[:1] = [str(ROOT / "src"), str(ROOT / "tests")]

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: E402
from pyhanko.sign.fields import SigSeedSubFilter  # noqa: E402
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf  # noqa: E402

from papers.authority import PASSPHRASE, offline  # noqa: E402
from papers.signed import paper  # noqa: E402
from ppid.papers import pades  # noqa: E402
from ppid.papers.signature import Level  # noqa: E402
from ppid.papers.signing import CertificateSigner, ToSign, examine_apart  # noqa: E402


def alone(archive: bytes) -> None:
    signer = SimpleSigner.load_pkcs12_data(archive, [], PASSPHRASE.encode())
    meta = PdfSignatureMetadata(field_name="T1", subfilter=SigSeedSubFilter.PADES)
    sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper())), meta, signer)


def ours(archive: bytes) -> None:
    anchors = tuple(one.encode() for one in offline().anchors)
    told = {"passphrase": PASSPHRASE, "field": "T1", "level": Level.B, "anchors": anchors}
    pades.sign(pdf=paper(), archive=archive, **told)


def accepted(archive: bytes) -> None:
    told = {"archive": archive, "passphrase": PASSPHRASE, "anchors": offline().anchors}
    done = CertificateSigner(**told).sign(ToSign(pdf=paper(), field="T1"))
    examine_apart(done, anchors=offline().anchors, at=datetime.now(UTC), since=len(paper()))


def milliseconds(act, rounds: int) -> float:
    """Return the median of the processor's time, which others on the machine do not change."""
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        act()
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    archive = offline().archive_of(offline().issue("Rina"))
    bare = milliseconds(lambda: alone(archive), rounds)
    checked = milliseconds(lambda: ours(archive), rounds)
    begun = time.perf_counter()
    accepted(archive)
    print(
        f"pyHanko alone {bare:.1f} ms, ours {checked:.1f} ms, {checked / bare:.2f} times (aim 1.2)"
    )
    print(f"signed, read again apart and judged: {time.perf_counter() - begun:.1f} s of waiting")
