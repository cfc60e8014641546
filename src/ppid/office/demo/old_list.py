"""An invented list of before, in the words that real ones use, for the demo's repair desk."""

from hashlib import sha256

from ppid.law.defect import LegacyEntry
from ppid.office.actions.legacy import ListRow, import_list
from ppid.office.demo.walk import Walk

DECREE = "SK PPID Nomor 3 Tahun 2022 tanggal 14 Februari 2022"
STOCK = "Dapat melanggar ketentuan peraturan perundang-undangan"
KIP = "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik"

OLD_LIST = (
    LegacyEntry(
        number="2022-1",
        title="Rekam medis pasien rumah sakit daerah",
        agency="Dinas Kesehatan",
        ground="Pasal 17 huruf h angka 2",
        legal_basis=f"{KIP} Pasal 17 huruf h angka 2",
        consequence_if_open="Riwayat penyakit pasien diketahui umum dan dipakai untuk "
        "mendiskriminasinya di tempat kerja.",
        consequence_if_closed="Rahasia kesehatan pasien terlindungi; jumlah kasus per kecamatan "
        "tetap diumumkan.",
        part="Nama, alamat, dan diagnosis pasien",
        term="Selamanya",
        decree=DECREE,
    ),
    LegacyEntry(
        number="2022-2",
        title="Dokumen penawaran peserta lelang",
        agency="Badan Kepegawaian Daerah",
        ground="Pasal 17 huruf b: informasi yang tidak boleh diungkap berdasarkan Undang-undang",
        legal_basis="Peraturan Komisi Informasi Nomor 1 Tahun 2010",
        consequence_if_open=STOCK,
        consequence_if_closed="Melindungi data",
        term="Selama berlaku",
        decree=DECREE,
    ),
    LegacyEntry(
        number="2022-3",
        title="Identitas pelapor pengaduan masyarakat",
        agency="Inspektorat Daerah",
        ground="Pasal 17 huruf a angka 2",
        legal_basis=f"{KIP} Pasal 17 huruf a angka 2",
        consequence_if_open=STOCK,
        consequence_if_closed="Pelapor aman dan pengaduan terus masuk dari semua kecamatan.",
        term="5 (lima) tahun sejak ditetapkan",
        document="Register pengaduan",
        document_link="https://drive.google.com/file/d/contoh/view",
        decree=DECREE,
    ),
    LegacyEntry(
        number="2022-4",
        title="Rencana pembelian tanah terminal",
        agency="Badan Kepegawaian Daerah",
        ground="Pasal 17 huruf e angka 4",
        legal_basis=f"{KIP} Pasal 17 huruf e angka 4",
        consequence_if_open="Spekulan membeli lebih dahulu dan menaikkan harga tanah itu.",
        consequence_if_closed="Harga wajar terjaga sampai pembelian selesai, lalu semua terbuka.",
        term="s.d. 31 Desember 2023",
        decree=DECREE,
    ),
    LegacyEntry(
        number="2022-5",
        title="Seluruh berkas kepegawaian",
        agency="Badan Kepegawaian Daerah",
        ground="Rahasia pribadi",
        legal_basis="UU KIP",
        consequence_if_open=STOCK,
        consequence_if_closed="-",
        part="Seluruhnya",
        term="Permanen",
    ),
    LegacyEntry(
        number="2022-6",
        title="Data penerima bantuan sosial",
        agency="Dinas Sosial",
        ground="Pasal 17 huruf j",
        legal_basis="Peraturan Menteri Sosial Nomor 3 Tahun 2021",
        consequence_if_open="Tetangga mengetahui penghasilan dan utang keluarga penerima bantuan.",
        consequence_if_closed="Keluarga penerima terlindungi; jumlah dan syaratnya diumumkan.",
        term="3 tahun",
    ),
    LegacyEntry(
        number="2022-7",
        title="Salinan putusan pengadilan tentang sengketa lahan",
        agency="Inspektorat Daerah",
        ground="Pasal 17 huruf a",
        legal_basis=f"{KIP} Pasal 17 huruf a",
        consequence_if_open="Proses penegakan hukum yang masih berjalan dapat terganggu karenanya.",
        consequence_if_closed="Proses penegakan hukum berjalan sampai ada putusan yang tetap.",
        term="sampai dengan selesai",
        decree=DECREE,
    ),
)


def import_old_list(walk: Walk) -> None:
    """Let the officer import the invented list; the walk's agencies are matched by name."""
    by_name = {agency.name: agency.pk for agency in walk.agencies}
    import_list(
        walk.body,
        name="daftar-lama-2022.xlsx",
        digest=sha256(repr(OLD_LIST).encode()).hexdigest(),
        rows=[
            ListRow(number, one, by_name.get(one.agency)) for number, one in enumerate(OLD_LIST, 2)
        ],
        by=walk.person(["petugas_ppid"]),
        at=walk.tick(),
    )
