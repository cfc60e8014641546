"""What each ground of Pasal 17 means, in plain words for citizens. The law itself is `law`'s.

Texts only: no rule is decided here.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class GroundWords:
    """A huruf of Pasal 17 for readers: what it protects, what it means, how long, since when open.

    source: the articles that the sentences retell.
    """

    letter: str
    name: str
    meaning: str
    term: str
    source: str


_AS_NEEDED = (
    "Berlaku selama diperlukan untuk melindungi kepentingan itu; lamanya ditetapkan pimpinan "
    "tertinggi badan publik dan tidak boleh permanen."
)
_CONSENT = (
    "Terbuka bila orang yang bersangkutan menyetujuinya secara tertulis atau bila menyangkut "
    "jabatannya dalam jabatan publik."
)

GROUND_WORDS = {
    words.letter: words
    for words in (
        GroundWords(
            "a",
            "Penegakan hukum",
            "Bila dibuka sekarang, informasi ini dapat mengganggu penyelidikan atau penyidikan, "
            "atau membahayakan pelapor, saksi, korban, dan penegak hukum.",
            "Paling lama 30 tahun, dan berakhir lebih awal bila informasinya sudah dibuka dalam "
            "sidang pengadilan yang terbuka untuk umum.",
            "UU 14/2008 ps. 17 huruf a; PP 61/2010 ps. 5",
        ),
        GroundWords(
            "b",
            "Kekayaan intelektual dan persaingan usaha",
            "Bila dibuka, informasi ini dapat merugikan hak cipta, paten, atau rahasia dagang, "
            "atau membuat persaingan usaha tidak sehat.",
            "Mengikuti peraturan perundang-undangan yang melindungi hak itu; tidak boleh permanen.",
            "UU 14/2008 ps. 17 huruf b dan ps. 20; PP 61/2010 ps. 6",
        ),
        GroundWords(
            "c",
            "Pertahanan dan keamanan negara",
            "Bila dibuka, informasi ini dapat membahayakan pertahanan dan keamanan negara, "
            "termasuk sistem persandian yang mengamankan komunikasi pemerintah.",
            _AS_NEEDED,
            "UU 14/2008 ps. 17 huruf c dan ps. 20; PP 61/2010 ps. 7",
        ),
        GroundWords(
            "d",
            "Kekayaan alam Indonesia",
            "Bila dibuka, informasi ini dapat mengungkapkan kekayaan alam Indonesia sehingga "
            "dapat disalahgunakan.",
            _AS_NEEDED,
            "UU 14/2008 ps. 17 huruf d dan ps. 20; PP 61/2010 ps. 7",
        ),
        GroundWords(
            "e",
            "Ketahanan ekonomi nasional",
            "Bila dibuka terlalu dini, informasi ini dapat merugikan ekonomi, misalnya rencana "
            "awal perubahan tarif atau pembelian tanah yang memancing spekulasi.",
            _AS_NEEDED,
            "UU 14/2008 ps. 17 huruf e dan ps. 20; PP 61/2010 ps. 7",
        ),
        GroundWords(
            "f",
            "Hubungan luar negeri",
            "Bila dibuka, informasi ini dapat merugikan hubungan Indonesia dengan negara lain, "
            "misalnya posisi dalam perundingan.",
            _AS_NEEDED,
            "UU 14/2008 ps. 17 huruf f dan ps. 20; PP 61/2010 ps. 7",
        ),
        GroundWords(
            "g",
            "Akta pribadi dan wasiat",
            "Informasi ini memuat isi akta otentik yang bersifat pribadi atau wasiat seseorang. "
            + _CONSENT,
            "Mengikuti peraturan perundang-undangan.",
            "UU 14/2008 ps. 17 huruf g dan ps. 18 ayat (2); PP 61/2010 ps. 8",
        ),
        GroundWords(
            "h",
            "Rahasia pribadi",
            "Informasi ini menyangkut rahasia pribadi seseorang, misalnya kesehatan, keuangan, "
            "keluarga, atau hasil penilaian kemampuan. " + _CONSENT,
            "Berlaku selama diperlukan untuk melindungi rahasia pribadi itu.",
            "UU 14/2008 ps. 17 huruf h dan ps. 18 ayat (2); PP 61/2010 ps. 8",
        ),
        GroundWords(
            "i",
            "Surat antarlembaga yang dirahasiakan",
            "Informasi ini berupa memorandum atau surat di dalam atau antar badan publik yang "
            "menurut sifatnya dirahasiakan. Komisi Informasi atau pengadilan dapat memutus lain.",
            "Mengikuti peraturan perundang-undangan.",
            "UU 14/2008 ps. 17 huruf i; PP 61/2010 ps. 9",
        ),
        GroundWords(
            "j",
            "Dilarang oleh undang-undang lain",
            "Ada undang-undang lain yang melarang informasi ini diungkapkan. Undang-undang itu "
            "harus disebut dalam dasar hukumnya.",
            "Mengikuti undang-undang yang disebut.",
            "UU 14/2008 ps. 17 huruf j",
        ),
    )
}


def ground_words(letters: str) -> tuple[GroundWords, ...]:
    """Return the plain words for each letter, in order, in the language of the page."""
    return tuple(_in_language(letter, get_language()) for letter in letters)


def ground_choices(letters: str) -> tuple[tuple[str, str], ...]:
    """Return each letter with its name, for a field in which one is chosen."""
    said = _("Huruf %(letter)s: %(name)s")
    return tuple(
        (one.letter, said % {"letter": one.letter, "name": one.name})
        for one in ground_words(letters)
    )


@lru_cache(maxsize=64)
def _in_language(letter: str, language: str | None) -> GroundWords:
    return _translated(GROUND_WORDS[letter])


def _translated(words: GroundWords) -> GroundWords:
    name, meaning, term = (_(text) for text in (words.name, words.meaning, words.term))
    return replace(words, name=name, meaning=meaning, term=term)
