"""A soft copy in a real browser: uploaded, looked at, opened with a reason, and seen."""

import re

import pypdfium2
import pytest

from vault.hostile import FILES, pdf

pytestmark = pytest.mark.browser
NAME = "Hasil laboratorium (pindai).pdf"
WHY = "Menjawab permohonan informasi nomor 12"
SENT = re.compile(r"/dokumen/[0-9a-f-]{36}/1/$")


def described(made):
    made.docinfo["/Author"] = "dr. Contoh"


def upload(page, name, data):
    file = {"name": name, "mimeType": "application/pdf", "buffer": data}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Segel ke brankas").click()


def test_a_document_is_uploaded_read_with_a_reason_and_names_its_reader(site, officers, tmp_path):
    ppid, head = officers("ppid.kalteng"), officers("pimpinan.kalteng")
    ppid.goto(f"{site.office}/register/")
    ppid.locator("main a[href^='/informasi/']").first.click()
    ppid.get_by_role("link", name="Unggah soft copy").first.click()
    (harmful,) = [one for one in FILES if one.name == "js.pdf"]
    upload(ppid, "formulir.pdf", harmful.make())
    assert "skrip" in ppid.inner_text(".govuk-error-summary")
    upload(ppid, NAME, pdf(described, pages=2))
    ppid.wait_for_url(SENT)
    assert "dr. Contoh" in ppid.inner_text("main")
    document = ppid.url

    ppid.get_by_role("link", name="Buka dokumen").click()
    if ppid.locator("[name=purpose]").count():
        ppid.locator("[name=purpose]").last.check()
    ppid.fill("[name=reason]", WHY)
    with ppid.expect_download() as waiting:
        ppid.get_by_role("button", name="Catat dan buka").click()
    copy = waiting.value
    copy.save_as(tmp_path / "salinan.pdf")

    made = pypdfium2.PdfDocument(tmp_path / "salinan.pdf")
    said = [page.get_textpage().get_text_range() for page in made]
    picture = made[1].render(scale=1).to_pil().convert("L")
    made.close()
    assert copy.suggested_filename == NAME
    assert [text.count("Salinan baca nomor") > 3 for text in said] == [True, True]
    assert sum(picture.histogram()[100:230]) > 2000

    head.goto(document)
    head.get_by_role("link", name=re.compile("siapa membaca")).click()
    assert WHY in head.inner_text("main table")
