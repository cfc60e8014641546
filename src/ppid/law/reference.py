"""References to regulations in text: the citation itself, reading one, finding all.

Decides what counts as a citation and how it is printed ("PP 61/2010 ps. 8 (2)"). Whether the cited
regulation exists and holds is regulation.py's; whether it is cited well is citation.py's. Every
pattern is bounded, so that reading takes time in proportion to the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import total_ordering

from ppid.errors import BadInput, Finding
from ppid.law.article import PASAL, Article, read_articles
from ppid.law.regulation_kind import ACTS, Rank, name_kind, rank_of

_GAP = r"[\s]{0,9}"
_STOP = (
    r"nomor|nomer|nomo?r?|no|nr|tahun|tentang|undang|uu|uud|pp|peraturan|keputusan|instruksi|pasal"
    r"|perundang|sebagaimana|dengan|yang|perpu|perppu|permen\w*|perda|pergub|perwali|perbup"
)
_WORDS = rf"(?:[\s/.&-]{{1,6}}(?!(?:{_STOP})\b)[a-z][a-z&]{{0,29}}(?![a-z])){{0,12}}"
_UNDANG = r"undang\s{0,3}-{0,2}\s{0,3}undang"
_KIND = (
    rf"peraturan\s{{1,9}}pemerintah\s{{1,9}}pengganti\s{{1,9}}{_UNDANG}|perp{{1,2}}u"
    rf"|(?:{_UNDANG}|uu)"
    r"|(?:peraturan\s{1,9}pemerintah(?!\s{1,9}(?:daerah|kota|kab|prov))|pp)"
    r"|perpres|keppres|inpres|perki"
    rf"|(?:permen|kepmen|perka|perlem|perban|perda|qanun|pergub|perwali|perwako|perbup|kepgub|kepwali|kepbup)"
    rf"[a-z-]{{0,20}}{_WORDS}"
    rf"|(?:peraturan|keputusan|instruksi){_WORDS}"
)
_NUMBER = (
    r"(?:(?:nomor|nomer|nmr|no|nr)\s{0,5}[.:]{0,2}\s{0,5})?"
    r"(?P<number>(?:[a-z]{1,6}\s?/\s?)?0{0,4}[1-9][0-9]{0,4}"
    r"(?:\s?/\s?[a-z0-9][a-z0-9.-]{0,19}){0,5}?)"
)
_YEAR = (
    r"(?:\s{0,9}(?:t?a{1,2}hun|thn|th)\s{0,3}[.:]?\s{0,5}|\s?/\s?)"
    r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
_NAMED = {"kip": ("14", 2008), "kearsipan": ("43", 2009), "pdp": ("27", 2022)}
_HEAD = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_UNDANG}\s{{1,9}}dasar|uud)(?P<uud>(?:\s{{1,9}}(?:negara|nri|ri|republik"
    rf"|indonesia|tahun)){{0,5}}\s{{1,9}}1945)(?![0-9])"
    rf"|(?P<kind>{_KIND})(?:\s{{1,9}}(?:republik\s{{1,9}}indonesia|r\.?i\.?|kip|ite))?"
    rf"[\s,]{{0,9}}{_NUMBER}{_YEAR}"
    rf"|(?:{_UNDANG}|uu)\s{{1,9}}(?P<name>{'|'.join(_NAMED)})(?![a-z0-9]))",
    re.IGNORECASE | re.ASCII,
)
# Before a citation that belongs to the title of another: "Pelaksanaan UU ...".
_IN_TITLE = re.compile(
    r"(?:pelaksanaan|pencabutan|penetapan|perubahan|atas)(?:\s{1,9}(?:dari|ketentuan))?\s{1,9}$",
    re.IGNORECASE | re.ASCII,
)
_JOINING = ("dan", "serta", "jo", "juncto", "jo.", "dengan", "dalam", "pada")
_REST = re.compile(
    r"[\s.,;:]{0,99}(?:tentang\b.*|\([^()]*\)[\s.,;:]*)?", re.IGNORECASE | re.ASCII | re.DOTALL
)
# One sign for one sign, so that spans hold.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u00ad", "-"),
    }
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Citation:
    """A citation (rujukan) of a regulation, or of one provision in it.

    kind: short name ("UU", "PP", "Perki", "Permendagri", "Perda"). number: as text, "14" or
    "339/03-I/HK"; "" for the UUD. article "17" or "28F", paragraph (ayat) "2", letter (huruf) "a",
    point (angka) "2"; "" where none is cited. region: of a regional rule, where written.
    Sorted by rank, then year, number, article.
    """

    kind: str
    number: str
    year: int
    article: str = ""
    paragraph: str = ""
    letter: str = ""
    point: str = ""
    region: str = ""

    @property
    def rank(self) -> Rank:
        """Return the rank of the cited regulation. Source: UU 12/2011 ps. 7 (1)."""
        return rank_of(self.kind)

    @property
    def whole(self) -> "Citation":
        """Return the citation of the regulation as a whole, without article."""
        return replace(self, article="", paragraph="", letter="", point="")

    def __str__(self) -> str:
        kind = f"{self.kind} {self.region}" if self.region else self.kind
        act = f"{kind} {self.number}/{self.year}" if self.number else f"{kind} {self.year}"
        return act + str(Article(self.article, self.paragraph, self.letter, self.point))

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Citation):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, tuple[tuple[int, str], ...]]:
        texts = (self.number, self.article, self.paragraph, self.letter, self.point)
        names = (self.kind, self.region)
        return self.rank, self.year, tuple(_numeral(text) for text in texts + names)


@dataclass(frozen=True, slots=True)
class Found:
    """A citation in a text, at text[start:end].

    in_title: it belongs to the title of the regulation cited before it ("PP 61/2010 tentang
    Pelaksanaan UU 14/2008"). Where the title stands between regulation and article, the span of
    the first article includes it.
    """

    citation: Citation
    start: int
    end: int
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A regulation named in a text, at text[start:end], without its articles."""

    citation: Citation
    start: int
    end: int
    in_title: bool


def parse(text: str) -> Citation:
    """Return the one citation that the text is.

    A title ("tentang ...") and a remark in brackets may follow; nothing else may.
    Raises BadInput (citation_unreadable) when there is none, more than one, or anything besides.
    """
    cited = [found for found in find(text) if not found.in_title]
    if len(cited) > 1:
        raise BadInput(
            Finding(
                "citation_unreadable",
                f"Rujukan “{_short(text)}” memuat {len(cited)} ketentuan; tulis satu saja.",
                hint=f"Pisahkan, misalnya “{cited[0].citation}” dan “{cited[1].citation}”.",
            )
        )
    if cited:
        before, after = text[: cited[0].start], text[cited[0].end :]
        if not before.strip(" \t\r\n.,;:-") and _REST.fullmatch(after.translate(_PLAIN)):
            return cited[0].citation
    raise BadInput(
        Finding(
            "citation_unreadable",
            f"Rujukan “{_short(text)}” tidak dapat dibaca.",
            hint="Tulis jenis, nomor, tahun, lalu pasalnya, misalnya “PP 61/2010 ps. 8 (2)”.",
        )
    )


def find(text: str) -> tuple[Found, ...]:
    """Return the citations in a text, in the order in which they stand.

    A regulation with articles gives one per provision: "Pasal 17 huruf a, c dan h" gives three.
    Articles belong to the regulation right after them, else to the one before; an article without
    any regulation is left out.
    """
    plain = text.translate(_PLAIN)
    mentions = find_mentions(text)
    cited = _provisions(plain, mentions)
    bare = [
        Found(mention.citation, mention.start, mention.end, mention.in_title)
        for place, mention in enumerate(mentions)
        if place not in cited
    ]
    return tuple(
        sorted(
            [*bare, *(found for group in cited.values() for found in group)],
            key=lambda found: (found.start, found.end),
        )
    )


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the regulations named in a text, in order, each with its place."""
    plain = text.translate(_PLAIN)
    mentions: list[Mention] = []
    for head in _HEAD.finditer(plain):
        end_before = mentions[-1].end if mentions else None
        mentions.append(
            Mention(_cited(head), head.start(), head.end(), _in_title(plain, end_before, head))
        )
    return tuple(mentions)


def is_act(citation: Citation) -> bool:
    """Return whether the cited regulation is an Undang-Undang, as huruf j demands.

    A Perppu counts: it has the force of an Act while it stands (reading: same rank).
    Source: UU 12/2011 ps. 7 (1).
    """
    return citation.kind in ACTS


def _cited(head: re.Match[str]) -> Citation:
    if head["uud"]:
        return Citation("UUD", "", 1945)
    if head["name"]:
        number, year = _NAMED[head["name"].lower()]
        return Citation("UU", number, year)
    kind, region = name_kind(head["kind"])
    number = re.sub(r"\s", "", head["number"])
    if number.isdigit():
        number = number.lstrip("0")
    return Citation(kind, number, int(head["year"]), region=region)


def _in_title(plain: str, end_before: int | None, head: re.Match[str]) -> bool:
    if end_before is None:
        return False
    between = plain[max(end_before, head.start() - 400) : head.start()]
    return bool(_IN_TITLE.search(between[-60:])) and "tentang" in between.lower()


def _provisions(plain: str, mentions: tuple[Mention, ...]) -> dict[int, list[Found]]:
    """Return the articles cited of each mention, by the mention's place in the list."""
    cited: dict[int, list[Found]] = {}
    for first, articles, owner in _owned_articles(plain, mentions):
        mention, group = mentions[owner], cited.setdefault(owner, [])
        for article, start, end in articles:
            whole = not group and start == first
            group.append(
                Found(
                    replace(
                        mention.citation,
                        article=article.number,
                        paragraph=article.paragraph,
                        letter=article.letter,
                        point=article.point,
                    ),
                    min(mention.start, start) if whole else start,
                    max(mention.end, end) if whole else end,
                    mention.in_title,
                )
            )
    return cited


def _owned_articles(
    plain: str, mentions: tuple[Mention, ...]
) -> Iterator[tuple[int, list[tuple[Article, int, int]], int]]:
    """Yield each run of articles: where it starts, its articles, the place of its mention."""
    position, behind, owner, led_by = 0, -1, -1, -1
    while pasal := PASAL.search(plain, position):
        articles, end = read_articles(plain, pasal.start())
        position = max(end, pasal.end())
        if not articles:
            continue
        while behind + 1 < len(mentions) and mentions[behind + 1].start < pasal.start():
            behind += 1
            near = _gap(plain, mentions[behind].end, pasal.start()) == ""
            if near or not mentions[behind].in_title:
                owner = behind
        around = mentions[max(behind, 0) : behind + 2]
        leads = behind >= 0 and behind == led_by
        if _belongs_ahead(plain, around, start=pasal.start(), end=end, leads=leads):
            led_by = behind + 1
            yield pasal.start(), articles, led_by
        elif owner >= 0:
            yield pasal.start(), articles, owner


def _belongs_ahead(
    plain: str, around: tuple[Mention, ...], *, start: int, end: int, leads: bool
) -> bool:
    """Return whether articles belong to the last of the mentions around them, which follows.

    leads: the mention before them has its own articles in front: "Pasal 4 UU ..., Pasal 3 PP ...".
    """
    ahead = around[-1].start if around else 0
    if ahead < end or _gap(plain, end, ahead, sign="") not in {"", "dari"}:
        return False
    if leads or len(around) == 1:
        return True
    before = _gap(plain, around[0].end, start)
    with_title = before.startswith("tentang") and not before.endswith(_JOINING)
    return before != "" and not with_title


def _gap(plain: str, start: int, end: int, *, sign: str = ",") -> str:
    """Return what stands between two places, without spaces and commas at its ends."""
    return plain[start : min(end, start + 1000)].strip(f"{sign} \n\r\t").lower()


def _numeral(text: str) -> tuple[int, str]:
    digits = re.match(r"[0-9]+", text, re.ASCII)
    return (int(digits[0]) if digits else 0, text)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
