"""Lists in the shapes that public bodies publish them in; every word in them is invented here."""

GROUPED = (
    ("LAMPIRAN KEPUTUSAN PPID",),
    ("DAFTAR INFORMASI YANG DIKECUALIKAN",),
    (),
    (
        *("NO", "ESENSI INFORMASI", "KONTEN INFORMASI", "DASAR HUKUM"),
        *("AKIBAT BILA DIBUKA", "MANFAAT BILA DITUTUP", "BATAS WAKTU PENGECUALIAN"),
    ),
    ("I", "Informasi yang menghambat penegakan hukum"),
    ("1.", "Aduan", "Identitas pelapor", "UU 14/2008 ps. 17 a", "Takut", "Aman", "Permanen"),
    ("", "", "Isi laporan", "", "Takut", "Aman", ""),
    ("2.", "Perkara", "Berkas perkara", "UU 14/2008 ps. 17 a", "Bocor", "Tertib", "Inkrah"),
    ("II", "Informasi yang membuka rahasia pribadi"),
    ("1.", "Kepegawaian", "Hasil asesmen", "UU 14/2008 ps. 17 h", "Malu", "Lindung", "5 th"),
)
"""Numbers begin anew in each group, and a row goes on with the one above it."""

OF_ANOTHER_LIST = (
    (
        *("No.", "Ringkasan Isi Informasi", "Pejabat/Unit/Satker yang Menguasai Informasi"),
        *("Penanggung Jawab", "Waktu dan Tempat Pembuatan", "Bentuk Informasi yang Tersedia"),
        *("", "", "Jangka Waktu Penyimpanan atau Retensi Arsip"),
    ),
    ("", "", "", "", "", "Cetak", "Rekam", "Online", ""),
    ("1", "Topologi jaringan", "UU 14/2008 ps. 17 c", "Biro", "Kota, 2025", "v", "v", "", "Lama"),
)
"""The headings of the list of public information; the legal basis stands under a wrong one."""

OF_A_SHEET = (
    (
        "No",
        "Informasi",
        "Dasar Hukum Pengecualian",
        "Konsekuensi/Pertimbangan bagi Publik",
        "",
        "Jangka Waktu",
    ),
    ("", "", "", "Dibuka", "Ditutup", ""),
    ("1", "2", "3", "4", "5", "6"),
    ("1", "Kata sandi", "UU 14/2008 ps. 17 c", "Diretas", "Aman", "Selamanya"),
)
"""The columns of the sheet of Perki 1/2021, in two rows and numbered."""
