"""Words of one Indonesian family are found by each other."""

import pytest

from ppid.public.search_text import MOST_QUERY_WORDS, normalise, query_stems, stem, words

FAMILIES = """
dikecualikan pengecualian mengecualikan kecuali terkecuali dikecualikannya
permohonan pemohon memohon dimohon mohon
keberatan berkeberatan
keterbukaan terbuka membuka dibuka pembukaan buka
penutupan tertutup menutup ditutup tutup
penetapan menetapkan ditetapkan ketetapan tetap
pengujian menguji diuji uji
penyelidikan menyelidiki diselidiki penyelidik
penyidikan menyidik disidik penyidik
penegakan menegakkan ditegakkan penegak
pelaporan laporan melaporkan pelapor dilaporkan
pengaduan mengadu diadukan aduan
pengadaan mengadakan diadakan
kepegawaian pegawai
kesehatan sehat
perawatan merawat dirawat rawat
keuangan uang
perpajakan pajak
perizinan izin diizinkan mengizinkan
pengawasan mengawasi diawasi pengawas
pemeriksaan memeriksa diperiksa pemeriksa
pengelolaan mengelola dikelola pengelola
persandian sandi penyandian
kerahasiaan rahasia merahasiakan dirahasiakan
penyimpanan menyimpan disimpan simpanan
perencanaan rencana merencanakan direncanakan
penilaian menilai dinilai nilai
penyediaan menyediakan penyedia tersedia
perlindungan melindungi dilindungi pelindung
pertanahan tanah
pendokumentasian mendokumentasikan dokumentasi dokumen
pengklasifikasian klasifikasi diklasifikasikan
pengarsipan arsip kearsipan diarsipkan
pemusnahan memusnahkan dimusnahkan
pengamanan keamanan mengamankan aman
pertimbangan mempertimbangkan dipertimbangkan
persetujuan menyetujui disetujui
pelayanan melayani layanan
penyelesaian menyelesaikan diselesaikan selesai
pengumuman mengumumkan diumumkan
""".strip().splitlines()


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.split()[0])
def test_a_family_has_one_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pertahanan", "pertanahan"),
        ("rahasia", "sandi"),
        ("penyelidikan", "penyidikan"),
        ("pengadaan", "pengaduan"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_text_is_stored_as_stems_without_marks():
    assert normalise("Denah, “Ruang” Pusat-Data (2026)!") == "denah ruang pusat data 2026"


def test_accents_and_case_do_not_matter():
    assert words("RÉSUMÉ Kafé") == ["resume", "kafe"]


def test_a_very_long_word_is_cut():
    assert words("a" * 500) == ["a" * 40]


def test_small_words_are_not_asked_for_unless_alone():
    assert query_stems("informasi yang dikecualikan") == ["informasi", "kecuali"]
    assert query_stems("yang") == ["yang"]


def test_a_query_has_a_limit_and_no_repeats():
    assert query_stems("denah denah") == ["denah"]
    assert len(query_stems(" ".join(f"kata{n}" for n in range(50)))) == MOST_QUERY_WORDS


def test_signs_alone_ask_for_nothing():
    assert query_stems("\" * ( ) -- ' ; %") == []
