"use strict";
// A page that was written as a file on an earlier day says what is open today. A term that has ended
// has ended, also when nobody has written the page again (PP 61/2010 ps. 11 (3)); nothing is ever
// closed again here, whatever day the reader's device believes it is.

{
  const said = document.currentScript.dataset;
  const today = new Intl.DateTimeFormat("en-CA", {
    timeZone: said.zone, year: "numeric", month: "2-digit", day: "2-digit",
  }).format(new Date());

  const show = (one, kind, label) => {
    const verdict = one.closest(".public-verdict");
    one.className = `ppid-status ppid-status--${kind}`;
    one.textContent = label;
    if (verdict) verdict.className = `public-verdict public-verdict--${kind}`;
    return verdict;
  };

  const opened = (one) => {
    const verdict = show(one, "open", said.open);
    const told = verdict ? verdict.querySelector(".public-verdict__text") : one.nextElementSibling;
    const then = verdict?.querySelector("template[data-opened]");
    if (then) told.replaceChildren(then.content.cloneNode(true));
    else if (told) told.textContent = one.dataset.then;
    one.removeAttribute("data-opens");
  };

  // Also what the search puts into the page later.
  window.openToday = (root) => {
    for (const one of root.querySelectorAll("[data-opens]")) {
      if (one.dataset.opens <= today) opened(one);
      else if (one.dataset.opensSoon <= today) show(one, "soon", said.soon);
    }
  };

  window.openToday(document);
}
