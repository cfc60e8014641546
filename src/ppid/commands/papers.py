"""`ppid papers`: check a signed paper, and set up what signing needs on this machine.

`verify` needs no office: neither settings, nor a database, nor Django.
"""

from ppid.commands.lazy import LazyGroup

COMMANDS = {
    "verify": ("ppid.commands.papers_verify:verify", "Periksa naskah yang ditandatangani."),
    "gateway": ("ppid.commands.papers_keys:gateway", "Pasang gateway eSign BSrE."),
    "certificate": (
        "ppid.commands.papers_keys:certificate",
        "Simpan berkas sertifikat seorang penanda tangan.",
    ),
    "blank": ("ppid.commands.papers_blank:blank_forms", "Cetak formulir kosong."),
    "token": ("ppid.commands.papers_keys:token", "Catat token (PKCS#11) seorang penanda tangan."),
}

papers = LazyGroup(
    name="papers", table=COMMANDS, help="Periksa naskah, dan siapkan yang diperlukan tanda tangan."
)
