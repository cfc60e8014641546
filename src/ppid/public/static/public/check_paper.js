"use strict";
// The page of a paper: a file that is dropped or chosen is compared here, in the reader's browser.
// Nothing is asked of any network. What it says stands in the page, in the page's language.

{
  const box = document.querySelector("[data-check]");
  const drop = box?.querySelector("[data-drop]");
  const result = box?.querySelector("[data-result]");
  const say = (name) => box.querySelector(`[data-say="${name}"]`).textContent;
  const GOOD = ["matches", "unfinished"];
  const ADDRESS = /\/p(?:eriksa)?\/([0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){3})/;

  // A paper carries its address, readable, in what its file says of itself (XMP); a print that is
  // not of record says so there.
  const keywords = (data) => {
    const said = new TextDecoder("latin1").decode(data);
    const found = /<pdf:Keywords>([^<]*)</.exec(said) || /<dc:subject>([^]*?)<\/dc:subject>/.exec(said);
    return found ? found[1] : "";
  };

  const judged = (data) => {
    const digest = hex(sha256(data)), files = box.dataset.files.split(" ");
    const last = files[files.length - 1];
    if (digest === last && box.dataset.done) return { name: "matches", digest };
    if (files.includes(digest)) return { name: "unfinished", digest };
    const said = keywords(data), code = ADDRESS.exec(said)?.[1];
    if (said.includes("cetakan kerja")) return { name: "print", digest };
    if (!code) return { name: "differs", digest };
    return code === box.dataset.code ? { name: "altered", digest } : { name: "other", digest, code };
  };

  // Whether the log, by its proof on this page, names exactly this file.
  const logged = async (digest) => {
    const proof = document.querySelector("[data-proof]");
    if (!proof) return null;
    const report = new Report(), said = proof.textContent;
    const given = { vkey: document.querySelector("[data-vkey]").textContent, witnesses: [], documents: [] };
    try {
      await checkProof({ said }, given, report);
      const shown = JSON.parse(strict.decode(parseNumbered(said, "index").extra));
      need(JSON.parse(shown.leaf.split("\n", 2)[1]).payload.sha256 === digest, "");
    } catch { return "log-bad"; }
    return report.checks.some((one) => one.state === "open") ? "log-open" : "log-good";
  };

  const line = (name, content) => {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = content;
    return made;
  };

  const show = async (file) => {
    result.replaceChildren(line("govuk-body", say("working")));
    let data;
    try { data = new Uint8Array(await file.arrayBuffer()); } catch {
      result.replaceChildren(line("govuk-body", say("unreadable")));
      return;
    }
    const found = judged(data), log = found.name === "matches" ? await logged(found.digest) : null;
    const good = GOOD.includes(found.name) && log !== "log-bad";
    const verdict = line("govuk-heading-m", say(log === "log-bad" ? log : found.name));
    verdict.dataset.verdict = log === "log-bad" ? log : found.name;
    const parts = [verdict, line("public-meta", file.name)];
    if (log && log !== "log-bad") parts.push(line("govuk-body", say(log)));
    if (found.code) {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = box.dataset.page.replace(box.dataset.code, found.code);
      link.textContent = `${say("to-other")}: ${found.code}`;
      const way = line("govuk-body", "");
      way.append(link);
      parts.push(way);
    }
    const digest = line("public-meta", `${say("hash")} `), code = document.createElement("code");
    code.className = "public-code";
    code.textContent = found.digest;
    digest.append(code);
    const frame = document.createElement("div");
    frame.className = `public-found__box public-found__box--${good ? "good" : "bad"}`;
    frame.append(...parts, digest);
    result.replaceChildren(frame);
  };

  if (box) {
    const field = box.querySelector("input[type=file]");
    drop.hidden = false;
    field.addEventListener("change", () => field.files[0] && show(field.files[0]));
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
      document.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("public-drop--over", name === "dragenter" || name === "dragover");
        const file = name === "drop" && event.dataTransfer.files[0];
        if (file) show(file);
      });
    }
  }
}
