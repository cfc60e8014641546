"""Which words lead to a stem: made by the one stemmer; a browser only looks them up."""

from collections.abc import Iterable, Iterator

from ppid.public.search_text import STEMS, stem

NASAL = {
    **dict.fromkeys("aeioughq", ("ng", 0)),
    **dict.fromkeys("bfv", ("m", 0)),
    **dict.fromkeys("cdjz", ("n", 0)),
    "p": ("m", 1),
    "t": ("n", 1),
    "s": ("ny", 1),
    "k": ("ng", 1),
}
"""How meN- and peN- meet the first letter of a root: the sound between, and the letters it eats."""
SHAPES = (
    *("me{n}", "me{n}kan", "me{n}i", "pe{n}", "pe{n}an", "pe{n}nya", "pe{n}annya"),
    *("di{r}", "di{r}kan", "di{r}i", "ber{r}", "ber{r}an", "ber{r}kan", "ber{r}nya"),
    *("ter{r}", "ter{r}kan", "ter{r}i", "se{r}", "ke{r}an", "ke{r}annya", "per{r}an"),
    *("per{r}annya", "memper{r}", "memper{r}kan", "diper{r}", "diper{r}kan"),
    *("{r}kan", "{r}an", "{r}i", "{r}nya", "{r}annya"),
)


def forms(root: str) -> Iterator[str]:
    """Yield the words that people form of a root and the stemmer leads back to it."""
    between, eaten = NASAL.get(root[0], ("", 0))
    for shape in SHAPES:
        word = shape.format(r=root, n=between + root[eaten:])
        if stem(word) == root:
            yield word


def families(seen: Iterable[str]) -> dict[str, str]:
    """Return the stem of every word that is not its own: those seen, and all of their families."""
    of = {word: stem(word) for word in seen}
    stems = set(of.values())
    of |= {word: root for word, root in STEMS.items() if root in stems}
    for root in stems:
        if root.isalpha() and len(root) > 2:
            of |= dict.fromkeys(forms(root), root)
    return {word: root for word, root in of.items() if word != root}
