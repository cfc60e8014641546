"""Look at a page as somebody with a telephone, or who cannot see it: with axe, and for its width.

axe takes longer than all else that a browser test does. It looks at a page that holds an element of
a kind at a place where it has not looked in this process; a page whose like it has seen, it is
spared. `make campaign-pages` lets axe look at a telephone's width too.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python

CAMPAIGN = os.environ.get("PPID_CAMPAIGN") == "pages"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """runOnly => axe.run(document, {runOnly, resultTypes: ['violations']}).then(
  found => found.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 200)))"""

KINDS = r"""() => {
  const kinds = new Set(), ids = new Set();
  const text = one => Math.min(one.textContent.trim().length, one.matches('a, button') ? 3 : 1);
  const value = /^(role|type|lang|tabindex|scope|colspan|rowspan|aria-(?!label$).*)$/;
  const names = /^(for|headers|list|aria-(labelledby|describedby|controls|owns|details))$/;
  const isThere = id => document.getElementById(id) !== null;
  const said = (one, name) => {
    const words = one.getAttribute(name).trim();
    if (names.test(name)) return name + words.split(/\s+/).every(isThere);
    return value.test(name) || !words ? name + '=' + words : name;
  };
  const added = (number, words) => {
    for (const letter of words) number = Math.imul(number, 31) + letter.codePointAt(0) | 0;
    return number;
  };
  let heading = '';
  const walk = (one, above) => {
    const attributes = one.getAttributeNames().filter(name => name !== 'class').sort();
    const here = added(above, [
      one.localName, one.getAttribute('class'), text(one), one.labels?.length,
      ...attributes.map(name => said(one, name))].join(' '));
    kinds.add(here);
    if (/^h[1-6]$/.test(one.localName)) {
      kinds.add(added(1, heading + one.localName));
      heading = one.localName;
    }
    if (one.id && ids.has(one.id)) kinds.add(added(2, location.pathname + one.id));
    ids.add(one.id);
    for (const child of one.children) walk(child, here);
  };
  walk(document.documentElement, 7);
  return [...kinds];
}"""
"""What axe's rules go by: an element with its attributes and everything around it, whether it says
something, whether what it refers to is there, which heading follows which, and an id given twice.
"""

looked_at: defaultdict[str, set[int]] = defaultdict(set)


def axe_violations(page, rules=WCAG):
    """What axe finds, whatever it has seen before. rules: tags or names of rules."""
    page.evaluate(AXE)
    return page.evaluate(RUN, rules)


def accessible(page, address, *, scheme="light", rules=WCAG):
    """Nothing bars anybody from the page. scheme: how it looks, where that makes it another."""
    kinds = set(page.evaluate(KINDS))
    if kinds <= looked_at[scheme]:
        return
    found = axe_violations(page, rules)
    assert found == [], f"{address}: {found}"
    looked_at[scheme] |= kinds


def fits(page, address):
    """The page is no wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{address}: {wide}px too wide"


@contextmanager
def telephone(page, width=320) -> Iterator[None]:
    """The page in a window as narrow as a telephone's; then the window is a desk's again."""
    page.set_viewport_size({"width": width, "height": 740})
    yield
    page.set_viewport_size({"width": 1280, "height": 900})


def accessible_and_narrow(page, address=None, *, width=320):
    """Nothing bars anybody from the page, at a desk or with a telephone."""
    address = address or page.url
    with telephone(page, width):
        fits(page, address)
        if CAMPAIGN:
            accessible(page, address, scheme="light and narrow")
    accessible(page, address)


def accessible_in_the_dark(page, address):
    """What is dark where the device asks for it can be read, and is no wider."""
    page.emulate_media(color_scheme="dark")
    with telephone(page):
        fits(page, address)
        if CAMPAIGN:
            accessible(page, address, scheme="dark and narrow", rules=["color-contrast"])
    accessible(page, address, scheme="dark", rules=["color-contrast"])
    page.emulate_media(color_scheme="light")
