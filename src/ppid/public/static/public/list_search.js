"use strict";
// Searching and filtering the list where it is served as files: a server that hands out files loses
// what stands behind "?", so it is answered here, from an index made with the site
// (static_site/search_files.py). Words are looked up, never stemmed: the tables hold each family.
// A row that is found was made by the live site's template; the order is the live site's as well.

{
  const said = document.querySelector("template[data-search]");
  const results = document.querySelector("[data-results]");
  const form = document.querySelector("form.public-search");
  const asked = new URLSearchParams(location.search);
  const MOST_HITS = 1000, MOST_WORDS = 12, MOST_ALIKE = 300, CLOSE_ENOUGH = 0.75, LONGEST_WORD = 40;

  const once = (load) => {
    const kept = new Map();
    return (address) => {
      if (!kept.has(address)) kept.set(address, load(address));
      return kept.get(address);
    };
  };
  const fetched = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer;
  };
  const json = once(async (address) => (await fetched(address)).json());
  const lines = once(async (address) => (await (await fetched(address)).text()).split("\n"));
  // Words

  const words = (text) => (text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
    .match(/[a-z0-9]+/g) || []).map((word) => word.slice(0, LONGEST_WORD));

  const shard = (word, shards) => {
    let value = 0x811c9dc5;
    for (const letter of word) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    return value % shards;
  };

  const stem = async (list, word) => {
    const { forms } = list.index;
    return (await json(`${list.base}bentuk/${forms}/${shard(word, forms)}.json`))[word] || word;
  };

  // The seats that hold a stem, each with whether it stands in the title.
  const postings = async (list, one) => {
    const { stems } = list.index, found = new Map();
    let steps = (await json(`${list.base}akar/${stems}/${shard(one, stems)}.json`))[one] ?? [];
    if (steps === 0) steps = await json(`${list.base}akar/${one}.json`);
    let seat = 0;
    for (const step of steps) found.set(seat += step >> 1, (step & 1) === 1);
    return found;
  };

  // As difflib's SequenceMatcher, whose ratio decides on the live site.
  const alike = (a, b) => {
    let best = 0, atA = 0, atB = 0;
    for (let i = 0; i < a.length; i += 1) {
      for (let j = 0; j < b.length; j += 1) {
        let size = 0;
        while (i + size < a.length && j + size < b.length && a[i + size] === b[j + size]) size += 1;
        if (size > best) [best, atA, atB] = [size, i, j];
      }
    }
    return best && best + alike(a.slice(0, atA), b.slice(0, atB))
      + alike(a.slice(atA + best), b.slice(atB + best));
  };

  const grams = (word) => {
    const framed = ` ${word} `;
    return new Set([...word].map((_, at) => framed.slice(at, at + 3)));
  };

  const nearest = (word, known) => {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    const own = grams(word);
    const shared = (other) => [...grams(other)].filter((gram) => own.has(gram)).length;
    const close = known.map((other) => [shared(other), other]).filter(([count]) => count)
      .sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? -1 : 1)).slice(0, MOST_ALIKE)
      .filter(([, other]) => Math.abs(other.length - word.length) <= 2)
      .map(([, other]) => [2 * alike(other, word) / (other.length + word.length), other])
      .filter(([ratio]) => ratio >= CLOSE_ENOUGH)
      .sort((a, b) => b[0] - a[0] || (a[1] > b[1] ? -1 : 1));
    return close.length ? close[0][1] : word;
  };

  const corrected = async (lists, text) => {
    const known = (await Promise.all(lists.map((list) => lines(`${list.base}kata.txt`)))).flat();
    const given = words(text).slice(0, MOST_WORDS), all = new Set(known);
    const better = given.map((word) => all.has(word) ? word : nearest(word, known)).join(" ");
    return better === given.join(" ") ? "" : better;
  };

  // Entries

  const block = async (list, kind, at) =>
    (await json(`${list.base}${kind}/${Math.floor(at / list.index.block)}.json`))[at % list.index.block];
  const read = (list, [agency, letters, opens, soon]) => (
    { list, agency: list.index.agencies[agency], letters, opens, soon });

  // The place of an entry among those of all lists, in the order in which they came in.
  const key = (list, seat) => {
    const [from, first] = list.index.runs.findLast(([start]) => start <= seat);
    return first + seat - from;
  };

  const today = (zone) => new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());

  const passes = (one, filters) => {
    const on = today(one.list.index.zone), isOpen = Boolean(one.opens) && one.opens <= on;
    const isSoon = !isOpen && Boolean(one.soon) && one.soon <= on;
    const has = { terbuka: isOpen, "segera-terbuka": isSoon, dikecualikan: !isOpen };
    return (!filters.perangkat || one.agency === filters.perangkat)
      && (!filters.huruf || one.letters.includes(filters.huruf))
      && (!filters.tahun || one.opens.startsWith(filters.tahun))
      && (!filters.status || has[filters.status]);
  };

  const written = (day) => new Date(`${day}T00:00Z`).toLocaleDateString(document.documentElement.lang,
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  // Of the entries that hold all words the newest thousand, those with all in the title first.
  const holding = async (lists, text, filters) => {
    const told = words(text), hits = [];
    await Promise.all(lists.map(async (list) => {
      const telling = told.filter((word) => !list.index.stop.includes(word));
      const stems = await Promise.all((telling.length ? telling : told).map((one) => stem(list, one)));
      const asked = [...new Set(stems)].slice(0, MOST_WORDS);
      const found = await Promise.all(asked.map((one) => postings(list, one)));
      const [rarest, ...others] = found.sort((a, b) => a.size - b.size);
      for (const seat of rarest?.keys() || []) {
        if (!others.every((one) => one.has(seat))) continue;
        hits.push({ list, seat, key: key(list, seat), inTitle: found.every((one) => one.get(seat)) });
      }
    }));
    hits.sort((a, b) => b.key - a.key);
    const isFiltered = Object.values(filters).some(Boolean), kept = [];
    for (const hit of hits) {
      if (kept.length === MOST_HITS) break;
      const { list, seat } = hit;
      if (!isFiltered || passes(read(list, await block(list, "isi", seat)), filters)) kept.push(hit);
    }
    return [...kept.filter((one) => one.inTitle), ...kept.filter((one) => !one.inTitle)];
  };

  const newestFirst = (a, b) => (a.decree > b.decree ? -1 : a.decree < b.decree ? 1 : b.key - a.key);

  const passing = async (lists, filters, enough) => {
    const found = [];
    for (const list of lists) {
      const own = [];
      for (let rank = list.index.count - 1; rank >= 0 && own.length < enough; rank -= 1) {
        const [seat, decree, ...said] = await block(list, "urut", rank);
        if (passes(read(list, said), filters)) own.push({ list, seat, decree, key: key(list, seat) });
      }
      found.push(...own);
    }
    return found.sort(newestFirst);
  };

  const row = async ({ list, seat }) => {
    const { rows } = list.index, { lang } = document.documentElement;
    const found = (await json(`${list.base}baris/${lang}/${Math.floor(seat / rows)}.json`))[seat % rows];
    const page = new DOMParser().parseFromString(`<table>${found}</table>`, "text/html");
    const made = document.importNode(page.querySelector("tr"), true);
    if (!said.dataset.list) {
      const name = document.createElement("span");
      name.className = "public-meta public-meta--above";
      name.lang = "id";
      name.textContent = list.name;
      made.querySelector("th").prepend(name);
    }
    return made;
  };

  // The page

  const part = (name) => said.content.querySelector(`[data-part="${name}"]`).cloneNode(true);
  const filled = (name, values) => {
    const made = part(name);
    for (const slot of made.querySelectorAll("[data-slot]")) slot.textContent = values[slot.dataset.slot];
    return made;
  };
  const address = (changes) => {
    const query = new URLSearchParams(asked);
    for (const [name, value] of Object.entries(changes)) {
      if (value) query.set(name, value); else query.delete(name);
    }
    return query.size ? `?${query}` : location.pathname;
  };

  const fields = [...(form?.elements || [])].filter((field) => field.name);
  // A value that the form does not offer is left out, as on the live site.
  const value = (name) => {
    const field = form.elements[name], given = (asked.get(name) || "").trim().slice(0, 200);
    if (!field || !given) return "";
    if (!field.options) return given;
    return [...field.options].some((option) => option.value === given) ? given : "";
  };

  const removals = () => {
    const made = part("removals"), model = made.firstElementChild;
    for (const field of fields) {
      const given = value(field.name);
      if (!given) continue;
      const item = model.cloneNode(true), link = item.querySelector("a");
      link.href = address({ [field.name]: "", halaman: "" });
      const isWord = field.name === "cari", option = field.selectedOptions?.[0];
      link.prepend(isWord ? `“${given}” ` : `${option ? option.textContent.trim() : written(given)} `);
      made.insertBefore(item, model);
    }
    model.remove();
    return made;
  };

  const pages = (number, hasMore) => {
    const made = part("pages"), previous = made.querySelector("[rel=prev]");
    const next = made.querySelector("[rel=next]");
    if (number > 1) previous.href = address({ halaman: number - 1 }); else previous.parentNode.remove();
    if (hasMore) next.href = address({ halaman: number + 1 }); else next.parentNode.remove();
    return made;
  };

  const show = async () => {
    const open = async (slug, name) => {
      const base = `/${slug}/cari/`;
      return { base, name, index: await json(`${base}indeks.json`) };
    };
    const filters = Object.fromEntries(
      ["perangkat", "huruf", "tahun", "status"].map((name) => [name, value(name)]));
    const text = value("cari"), body = value("badan"), day = value("pada");
    const known = said.dataset.list ? [[said.dataset.list, ""]] : await json("/cari/daftar.json");
    const lists = await Promise.all(
      known.filter(([slug]) => !body || slug === body).map((one) => open(...one)));
    if (day && day < today(lists[0].index.zone)) {
      const edition = lists[0].index.editions.filter(([, published]) => published <= day).pop();
      if (!edition) return [removals(), filled("never", { day: written(day) })];
      const told = filled("past", { day: written(day), number: edition[0] });
      for (const link of told.querySelectorAll("a")) link.href = link.dataset.to.replace(/\/0(?=[/.])/, `/${edition[0]}`);
      return [removals(), told];
    }
    const size = lists[0].index.page, number = Math.min(Math.max(parseInt(value("halaman")
      || asked.get("halaman"), 10) || 1, 1), 400);
    const start = (number - 1) * size;
    let hits, better = "";
    if (text) {
      hits = await holding(lists, text, filters);
      if (!hits.length) better = await corrected(lists, text);
      if (better) hits = await holding(lists, better, filters);
    } else {
      hits = await passing(lists, filters, start + size + 1);
    }
    const shown = hits.slice(start, start + size);
    if (!shown.length) return [removals(), part("none")];
    const table = part("table");
    table.querySelector("tbody").replaceChildren(...await Promise.all(shown.map(row)));
    window.openToday?.(table);
    const order = part(text ? (hits.length === MOST_HITS ? "capped" : "best") : "newest");
    return [
      removals(), ...(better ? [filled("corrected", { asked: text, found: better })] : []),
      order, table, pages(number, hits.length > start + size),
    ];
  };

  const start = async () => {
    if (![...asked].some(([name, given]) => given.trim() && form.elements[name])) return;
    for (const field of fields) {
      if (field.options || field.value !== undefined) field.value = value(field.name);
    }
    const details = form.querySelector("details");
    if (details) details.open = fields.some((field) => field.name !== "cari" && value(field.name));
    results.replaceChildren(part("working"));
    try {
      results.replaceChildren(...await show());
    } catch {
      results.replaceChildren(part("failed"));
    }
    results.dataset.done = "";
  };

  if (said && results && form) start();
}
