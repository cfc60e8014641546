"""Invented items of information with lawful sheets, for the demo and for dry runs."""

from dataclasses import dataclass
from datetime import date

from ppid.law.consequence_test import ConsequenceTest, MemoHarm, Moment, Part, Participant
from ppid.law.grounds import never_exempt
from ppid.law.term import EventTerm, PeriodTerm, Term, add_months


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented item. agency: which kind of agency holds it. years: the usual term."""

    agency: str
    title: str
    public_title: str
    summary: str
    ground: str
    statutes: tuple[str, ...]
    opened: str
    closed: str
    balance: str
    parts: str = ""
    years: int = 2
    event: str = ""


SAMPLES = (
    Sample(
        "dinkes",
        "Rekam medis pasien program pengobatan tuberkulosis",
        "Rekam medis pasien program tuberkulosis",
        "Berkas rekam medis per pasien: diagnosis, hasil laboratorium, riwayat pengobatan.",
        "h.2",
        ("UU 14/2008 ps. 17 huruf h angka 2", "UU 43/2009 ps. 44 (1) huruf h"),
        "Riwayat kesehatan setiap pasien terungkap; pasien berhenti berobat karena takut "
        "diketahui tetangga dan tempat kerjanya.",
        "Rahasia kesehatan pasien terlindungi dan pasien tetap berobat sampai sembuh; jumlah kasus "
        "per kecamatan tetap diumumkan.",
        "Kebutuhan publik akan data penyakit terpenuhi dengan data agregat; identitas pasien tidak "
        "menambah pengetahuan publik, tetapi merugikan orangnya.",
        parts="Identitas dan riwayat pasien; data agregat per kecamatan tetap dapat diberikan.",
        years=5,
    ),
    Sample(
        "bkd",
        "Hasil uji kompetensi jabatan pimpinan tinggi pratama",
        "Hasil penilaian kompetensi pegawai per orang",
        "Laporan asesor per peserta: nilai, uraian perilaku, rekomendasi.",
        "h.4",
        ("UU 14/2008 ps. 17 huruf h angka 4",),
        "Penilaian atas kemampuan dan kepribadian seseorang terbuka, mempermalukan peserta yang "
        "tidak lulus dan membuat asesor menulis penilaian yang tumpul.",
        "Asesor menilai dengan jujur dan peserta tidak dirugikan; nama yang lulus tetap diumumkan.",
        "Publik berhak tahu siapa yang diangkat dan syaratnya; itu tetap diumumkan. Uraian pribadi "
        "tidak diperlukan untuk mengawasi proses seleksi.",
        parts="Uraian asesor dan nilai per peserta; daftar kelulusan terbuka.",
        years=3,
    ),
    Sample(
        "inspektorat",
        "Identitas pelapor pengaduan dugaan pungutan liar",
        "Identitas pelapor pengaduan masyarakat",
        "Nama, alamat, dan nomor kontak pelapor dalam berkas pengaduan.",
        "a.2",
        ("UU 14/2008 ps. 17 huruf a angka 2",),
        "Pelapor dan keluarganya dapat diintimidasi; masyarakat takut melapor sehingga "
        "pengungkapan pungutan liar terhambat.",
        "Pelapor aman dan pengaduan terus masuk; jumlah dan hasil penanganan tetap diumumkan.",
        "Kepentingan publik pada pemberantasan pungutan liar justru dilindungi dengan menutup "
        "nama pelapor, sementara hasil penanganannya terbuka.",
        parts="Nama, alamat, dan kontak pelapor.",
        years=10,
    ),
    Sample(
        "diskominfo",
        "Topologi jaringan dan konfigurasi pusat data pemerintah daerah",
        "Konfigurasi keamanan pusat data",
        "Diagram topologi, alamat internal, aturan tembok api, daftar kerentanan.",
        "c.6",
        ("UU 14/2008 ps. 17 huruf c angka 6",),
        "Penyerang memperoleh peta dan titik lemah jaringan, lalu melumpuhkan layanan publik dan "
        "persandian pemerintah daerah.",
        "Layanan publik dan komunikasi bersandi tetap aman; anggaran dan pengadaan tetap terbuka.",
        "Publik dapat mengawasi belanja dan mutu layanan tanpa peta jaringan; pembukaan peta itu "
        "merugikan semua pengguna layanan.",
        years=3,
    ),
    Sample(
        "bpkad",
        "Rencana awal pembelian tanah untuk terminal tipe B",
        "Rencana awal pembelian tanah pemerintah daerah",
        "Letak bidang, urutan prioritas, dan batas harga penawaran.",
        "e.4",
        ("UU 14/2008 ps. 17 huruf e angka 4",),
        "Spekulan membeli lebih dahulu dan menaikkan harga tanah, sehingga keuangan daerah "
        "menanggung harga yang jauh lebih mahal.",
        "Harga wajar terjaga sampai pembelian selesai; sesudah itu seluruh berkas terbuka.",
        "Penundaan pembukaan sampai pembelian selesai menghemat uang publik dan tetap memberi "
        "publik kesempatan penuh mengawasi hasilnya.",
        years=2,
    ),
    Sample(
        "dpmptsp",
        "Formula dan rincian proses produksi dalam berkas izin industri",
        "Rahasia dagang pelaku usaha dalam berkas perizinan",
        "Lampiran teknis permohonan izin: formula, proses, daftar pemasok.",
        "b",
        ("UU 14/2008 ps. 17 huruf b", "UU 30/2000 ps. 3"),
        "Pesaing memperoleh formula dan pemasok tanpa biaya; pelaku usaha kehilangan keunggulan "
        "dan enggan menyerahkan data yang benar.",
        "Rahasia dagang terlindungi dan data perizinan tetap lengkap dan benar.",
        "Izin, dampak lingkungan, dan kewajiban pelaku usaha tetap terbuka; formula tidak "
        "diperlukan publik untuk mengawasi izin.",
        parts="Lampiran formula dan daftar pemasok.",
        years=5,
    ),
    Sample(
        "satpolpp",
        "Jadwal dan sasaran operasi penertiban yang belum dilaksanakan",
        "Rencana operasi penertiban yang belum dilaksanakan",
        "Tanggal, lokasi, sasaran, dan kekuatan personel dari setiap operasi yang akan datang.",
        "a.1",
        ("UU 14/2008 ps. 17 huruf a angka 1",),
        "Sasaran menghilang sebelum operasi dan barang bukti dipindahkan, sehingga penyidikan "
        "pelanggaran gagal.",
        "Operasi berjalan efektif; sesudah dilaksanakan, tanggal dan hasilnya diumumkan.",
        "Kerahasiaan hanya perlu sampai operasi selesai; hasilnya segera dapat diawasi publik.",
        years=1,
    ),
    Sample(
        "bkd",
        "Riwayat kesehatan pegawai dalam berkas cuti sakit",
        "Riwayat kesehatan pegawai dalam berkas kepegawaian",
        "Surat dokter dan riwayat penyakit dalam berkas cuti.",
        "h.2",
        ("UU 14/2008 ps. 17 huruf h angka 2",),
        "Penyakit pegawai diketahui umum dan dapat dipakai untuk mendiskriminasinya.",
        "Rahasia kesehatan pegawai terjaga; jumlah hari cuti tetap dapat diketahui.",
        "Pengawasan atas kehadiran pegawai cukup dengan rekapitulasi cuti tanpa keterangan dokter.",
        parts="Surat dokter dan keterangan penyakit.",
        years=3,
    ),
    Sample(
        "dinsos",
        "Data kondisi keuangan keluarga penerima bantuan sosial",
        "Kondisi keuangan keluarga penerima bantuan",
        "Penghasilan, utang, dan aset per keluarga hasil verifikasi lapangan.",
        "h.3",
        ("UU 14/2008 ps. 17 huruf h angka 3",),
        "Kemiskinan dan utang setiap keluarga terungkap dan dapat dimanfaatkan rentenir.",
        "Kehormatan keluarga penerima terjaga; nama penerima dan besar bantuan tetap terbuka.",
        "Ketepatan sasaran dapat diawasi dari daftar penerima dan kriterianya, tanpa rincian utang "
        "dan penghasilan keluarga.",
        parts="Rincian penghasilan, utang, dan aset.",
        years=4,
    ),
    Sample(
        "setda",
        "Memorandum rancangan kebijakan relokasi pasar yang belum diputuskan",
        "Memorandum kebijakan yang belum diputuskan",
        "Nota dinas antarbagian berisi usul, keberatan, dan pilihan kebijakan.",
        "i",
        ("UU 14/2008 ps. 17 huruf i",),
        "Pejabat tidak lagi jujur menulis keberatan, dan pedagang mengambil keputusan berdasarkan "
        "rencana yang belum pasti.",
        "Perdebatan internal tetap jujur; keputusan dan alasannya diumumkan ketika ditetapkan.",
        "Publik dilibatkan melalui konsultasi resmi; memorandum dibuka sesudahnya.",
        years=2,
    ),
    Sample(
        "disdukcapil",
        "Akta dan surat wasiat yang dititipkan dalam berkas waris",
        "Isi akta pribadi dan wasiat",
        "Salinan akta autentik yang bersifat pribadi dan kemauan terakhir seseorang.",
        "g",
        ("UU 14/2008 ps. 17 huruf g",),
        "Kehendak terakhir dan hubungan keluarga seseorang terungkap sebelum waktunya dan memicu "
        "sengketa.",
        "Kehendak terakhir dihormati dan sengketa keluarga tidak dipicu oleh pemerintah daerah.",
        "Tidak ada kebutuhan pengawasan publik atas isi wasiat pribadi.",
        years=10,
    ),
    Sample(
        "inspektorat",
        "Kertas kerja audit investigatif yang sedang berjalan",
        "Kertas kerja pemeriksaan yang sedang berjalan",
        "Catatan wawancara, analisis aliran uang, dan simpulan sementara.",
        "a.1",
        ("UU 14/2008 ps. 17 huruf a angka 1",),
        "Pihak yang diperiksa menghilangkan bukti dan mempengaruhi saksi; penyidikan gagal.",
        "Saksi berani bicara dan aliran uang terlacak sampai tuntas; laporan hasilnya diumumkan.",
        "Publik memperoleh hasil pemeriksaan; membuka kertas kerja sekarang merusak hasil itu.",
        years=3,
        event="putusan pengadilan yang berkekuatan hukum tetap",
    ),
)

PARTICIPANTS = (
    Participant("Ketua Tim Uji", "Kepala Bidang Informasi dan Komunikasi Publik"),
    Participant("Anggota dari Bagian Hukum", "Perancang Peraturan"),
    Participant("Anggota dari unit pemilik informasi", "Sekretaris Perangkat Daerah"),
)


def sample_sheet(
    sample: Sample, *, tested_on: date, place: str, term: Term | None = None
) -> ConsequenceTest:
    """Return a complete sheet for the sample, tested on a day; term: instead of its usual one."""
    whole = not sample.parts
    return ConsequenceTest(
        document=f"Berkas: {sample.title}",
        information=sample.summary,
        ground=sample.ground,
        statutes=sample.statutes,
        consequence_if_open=sample.opened,
        consequence_if_closed=sample.closed,
        public_interest=sample.balance,
        part=Part.WHOLE if whole else Part.PART,
        parts=sample.parts,
        reason_whole="Setiap halaman memuat hal yang dikecualikan; tidak ada bagian yang dapat "
        "dipisahkan tanpa mengungkapkannya."
        if whole
        else "",
        term=term or usual_term(sample, starts_on=tested_on),
        moment=Moment.BEFORE_REQUEST,
        place=place,
        tested_on=tested_on,
        participants=PARTICIPANTS,
        never_exempt_checked={one.code: False for one in never_exempt(on=tested_on)},
        consent=False if sample.ground[0] in "gh" else None,
        public_office=False if sample.ground[0] in "gh" else None,
        memo_harms=tuple(MemoHarm) if sample.ground == "i" else (),
    )


def usual_term(sample: Sample, *, starts_on: date) -> Term:
    """Return the term that such information usually has."""
    if sample.event:
        return EventTerm(starts_on, sample.event, add_months(starts_on, 12 * sample.years))
    return PeriodTerm(starts_on, years=sample.years)
