"use strict";
// Two forms of the site where it is served as files: each leads to the address that its answer has.

{
  const asked = new URLSearchParams(location.search);

  // The code of a paper, as the live site reads it (paper_code.py): misread letters put right.
  const check = document.querySelector("form[data-papers]");
  if (check && asked.get("kode")?.trim()) {
    const last = asked.get("kode").trim().replace(/\/+$/, "").split("/").pop();
    const code = last.replace(/[\s-]/g, "").toLowerCase().replace(/[il]/g, "1").replace(/o/g, "0");
    check.elements.kode.value = asked.get("kode").slice(0, 200);
    if (/^[0-9a-hjkmnp-tv-z]{16}$/.test(code)) {
      location.replace(check.dataset.papers + code.match(/.{4}/g).join("-") + "/");
    } else {
      check.querySelector("[data-wrong]").hidden = false;
    }
  }

  const compare = document.querySelector("form[data-differences]");
  const numbers = ["dari", "sampai"].map((name) => parseInt(asked.get(name), 10));
  if (compare && numbers.every((one) => one > 0)) {
    const newest = Number(compare.elements.sampai.max);
    const [older, newer] = numbers.map((one) => Math.min(one, newest)).sort((a, b) => a - b);
    const at = (from) => compare.dataset.differences.replace("1-2", `${from}-${from + 1}`);
    if (newer === older + 1) location.replace(at(older));
    compare.elements.dari.value = older;
    compare.elements.sampai.value = newer;
    const steps = document.querySelector("[data-steps]");
    for (let from = older; from < newer && newer > older + 1; from += 1) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.className = "govuk-link";
      link.href = at(from);
      link.textContent = `${from} – ${from + 1}`;
      item.append(link);
      steps.append(item);
    }
    // What stands below answers another question: the differences of the newest two.
    if (steps.children.length) {
      const heading = document.querySelector("h1"), both = [older, newer];
      heading.textContent = heading.textContent.replace(/\d+/g, () => both.shift());
      for (let one = steps.parentNode; one; one = one.nextElementSibling) one.hidden = true;
      steps.parentNode.hidden = false;
    }
  }
}
