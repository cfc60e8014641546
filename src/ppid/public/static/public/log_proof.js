"use strict";
// What checks a proof of the log: SHA-256, RFC 6962, notes and keys of C2SP. No network, no page.
// Two pages share it: the one of a paper, and the one that is saved to check offline, which carries
// a copy (`tools/verifier.py write`).
const text = new TextEncoder(), strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
class Wrong extends Error {}
const need = (holds, message) => { if (!holds) throw new Wrong(message); };

// SHA-256 (FIPS 180-4): its constants are the roots of primes, so they are computed
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
const K = primes.map((p) => fraction(Math.cbrt(p))), H = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
const turn = (x, n) => (x >>> n) | (x << (32 - n));
function sha256(...parts) {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const data = new Uint8Array(((size + 72) >> 6) << 6), view = new DataView(data.buffer);
  let at = 0;
  for (const part of parts) { data.set(part, at); at += part.length; }
  data[size] = 0x80;
  view.setUint32(data.length - 8, Math.floor(size / 2 ** 29));
  view.setUint32(data.length - 4, (size * 8) >>> 0);
  const h = H.slice(), w = new Uint32Array(64);
  for (let block = 0; block < data.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 64; i++) {
      const one = (k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [k, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, k].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
  }
  const out = new DataView(new ArrayBuffer(32));
  h.forEach((x, i) => out.setUint32(4 * i, x));
  return new Uint8Array(out.buffer);
}

const hex = (data) => Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
const unhex = (said) => { need(typeof said === "string" && /^([0-9a-f]{2})*$/.test(said), "Sidik dalam berkas ini rusak."); return Uint8Array.from(said.match(/../g) || [], (two) => parseInt(two, 16)); };
const same = (a, b) => hex(a) === hex(b);
function unbase(said) {
  let raw;
  try { raw = atob(said); } catch { throw new Wrong("Bagian base64 dalam berkas ini rusak."); }
  need(btoa(raw) === said, "Bagian base64 dalam berkas ini rusak.");
  return Uint8Array.from(raw, (one) => one.charCodeAt(0));
}
const number = (said) => { need(/^(0|[1-9][0-9]{0,15})$/.test(said), "Angka dalam berkas ini rusak."); return Number(said); };
function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value && typeof value === "object") return "{" + Object.keys(value).sort().map((name) => JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}";
  return JSON.stringify(value);
}

// RFC 6962: leaves and nodes; paths as RFC 9162 2.1.3.2 and 2.1.4.2 walk them
const leafHash = (data) => sha256(Uint8Array.of(0), data), nodeHash = (a, b) => sha256(Uint8Array.of(1), a, b);
const half = (x) => Math.floor(x / 2), odd = (x) => x % 2 === 1;
function isIncluded(path, leaf, index, size, root) {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false;
  let at = index, last = size - 1, hash = leaf;
  for (const part of path) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      hash = nodeHash(part, hash);
      while (at && !odd(at)) { at = half(at); last = half(last); }
    } else hash = nodeHash(hash, part);
    at = half(at); last = half(last);
  }
  return last === 0 && same(hash, root);
}
function isContinued(path, old, size, oldRoot, root) {
  if (!(old > 0 && old <= size)) return false;
  if (old === size) return !path.length && same(oldRoot, root);
  let at = old - 1, last = size - 1, steps = path.slice();
  while (odd(at)) { at = half(at); last = half(last); }
  if (at === 0) steps.unshift(oldRoot);
  if (!steps.length) return false;
  let before = steps[0], now = steps[0];
  for (const part of steps.slice(1)) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      before = nodeHash(part, before); now = nodeHash(part, now);
      while (at && !odd(at)) { at = half(at); last = half(last); }
    } else now = nodeHash(now, part);
    at = half(at); last = half(last);
  }
  return last === 0 && same(before, oldRoot) && same(now, root);
}

function parseKey(said, kind) {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(said.trim());
  need(found, "Kunci ini tidak lengkap; salin utuh satu barisnya.");
  const material = unbase(found[3]), name = found[1];
  const id = hex(sha256(text.encode(name + "\n"), material).slice(0, 4));
  need(material.length === 33 && material[0] === kind && id === found[2], "Kunci ini tidak sah; periksa salinannya.");
  return { name, id, material: material.slice(1) };
}
function parseNote(note) {
  const at = note.lastIndexOf("\n\n");
  need(at > 0 && note.endsWith("\n") && !/[\u0000-\u0009\u000b-\u001f]/.test(note), "Titik periksa ini rusak.");
  const body = note.slice(0, at + 1), said = body.slice(0, -1).split("\n");
  const lines = note.slice(at + 2, -1).split("\n").map((line) => {
    const parts = line.split(" ");
    need(parts.length === 3 && parts[0] === "—" && parts[1] && !parts[1].includes("+"), "Baris tanda tangan titik periksa ini rusak.");
    const blob = unbase(parts[2]);
    need(blob.length > 4, "Baris tanda tangan titik periksa ini rusak.");
    return { name: parts[1], id: hex(blob.slice(0, 4)), blob: blob.slice(4) };
  });
  need(said.length >= 3 && said.every(Boolean), "Titik periksa ini rusak.");
  const root = unbase(said[2]);
  need(root.length === 32, "Titik periksa ini rusak.");
  return { body, lines, origin: said[0], size: number(said[1]), root };
}
function parseNumbered(said, word) {
  const gap = said.indexOf("\n\n");
  need(gap > 0, "Berkas bukti ini rusak.");
  const lines = said.slice(0, gap).split("\n");
  let extra = null;
  if (word === "index") { need(lines.shift() === "c2sp.org/tlog-proof@v1", "Berkas bukti ini rusak."); if (lines[0].startsWith("extra ")) extra = unbase(lines.shift().slice(6)); }
  need(lines.length && lines[0].startsWith(word + " "), "Berkas bukti ini rusak.");
  const path = lines.slice(1).map(unbase);
  need(path.every((part) => part.length === 32), "Berkas bukti ini rusak.");
  return { count: number(lines[0].slice(word.length + 1)), path, extra, note: said.slice(gap + 2) };
}

let canSign = null; // whether this browser knows Ed25519, tried once
async function isSigned(key, signature, message) {
  if (canSign === false) return null;
  try {
    const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    canSign = true;
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  } catch { canSign = canSign || false; return canSign ? false : null; }
}
const NO_ED25519 = "Peramban ini tidak mengenal tanda tangan Ed25519. Pakai peramban yang lebih baru, atau perintah ppid ledger verify.";

class Report {
  constructor() { this.checks = []; this.shown = []; }
  add(state, what) { this.checks.push({ state, what }); }
  show(title, value) { this.shown.push({ title, value: typeof value === "string" ? value : JSON.stringify(value, null, 2) }); }
}
async function checkNote(note, given, report, label) {
  const head = parseNote(note);
  report.add("info", `${label}: log ${head.origin}, ${head.size} catatan, sidik ${hex(head.root)}`);
  if (!given.vkey) { report.add("open", `${label}: tanda tangan belum diperiksa karena kunci pemeriksa belum diisi.`); return head; }
  const key = parseKey(given.vkey, 1);
  need(head.origin === key.name, `${label} milik log ${head.origin}, sedangkan kuncinya milik ${key.name}.`);
  const own = head.lines.filter((line) => line.name === key.name && line.id === key.id);
  need(own.length, `${label} tidak ditandatangani dengan kunci itu.`);
  for (const line of own) {
    const signed = await isSigned(key.material, line.blob, text.encode(head.body));
    if (signed === null) report.add("open", `${label}: ${NO_ED25519}`);
    else { need(signed, `Tanda tangan pada ${label.toLowerCase()} palsu.`); report.add("good", `${label} ditandatangani ${key.name}.`); }
  }
  for (const said of given.witnesses) await checkWitness(head, said, report);
  return head;
}
async function checkWitness(head, said, report) {
  const key = parseKey(said, 4);
  const line = head.lines.filter((one) => one.name === key.name && one.id === key.id).pop();
  if (!line) { report.add("open", `Saksi ${key.name} belum menyaksikan titik periksa ini.`); return; }
  need(line.blob.length === 72, `Kesaksian ${key.name} palsu.`);
  const at = Number(new DataView(line.blob.buffer, line.blob.byteOffset).getBigUint64(0));
  const signed = await isSigned(key.material, line.blob.slice(8), text.encode(`cosignature/v1\ntime ${at}\n${head.body}`));
  if (signed === null) { report.add("open", NO_ED25519); return; }
  need(signed && at > 0, `Kesaksian ${key.name} palsu.`);
  report.add("good", `Saksi ${key.name} menyaksikannya pada ${new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC.`);
}
async function checkProof(file, given, report) {
  const proof = parseNumbered(file.said, "index");
  const head = await checkNote(proof.note, given, report, "Titik periksa dalam bukti");
  need(proof.extra, "Berkas bukti ini tidak memuat catatannya.");
  let shown;
  try { shown = JSON.parse(strict.decode(proof.extra)); } catch { throw new Wrong("Keterangan dalam berkas bukti ini rusak."); }
  need(shown && typeof shown.leaf === "string" && Object.keys(shown).every((name) => ["leaf", "listed", "opened"].includes(name)), "Keterangan dalam berkas bukti ini rusak.");
  need(isIncluded(proof.path, leafHash(text.encode(shown.leaf)), proof.count, head.size, head.root), "Catatan dalam berkas ini bukan bagian log itu, atau sudah diubah.");
  report.add("good", `Catatan nomor ${proof.count} benar bagian log itu.`);
  const gap = shown.leaf.indexOf("\n");
  need(shown.leaf.slice(0, gap) === "sip-ppid/entry/v1", "Bentuk catatan ini tidak dikenal.");
  const entry = JSON.parse(shown.leaf.slice(gap + 1)), said = entry.payload;
  report.add("info", `Catatan itu: ${KINDS[entry.kind] || entry.kind}, ditulis ${entry.at}.`);
  if (shown.listed) checkListed(shown.listed, said, report);
  for (const [name, one] of Object.entries(shown.opened || {})) checkOpened(name, one, entry, report);
  for (const document of given.documents) {
    need(hex(sha256(document.data)) === said.content_hash, `Isi ${document.name} bukan isi edisi yang dicatat.`);
    report.add("good", `Isi ${document.name} sama dengan isi edisi ${said.number} yang dicatat.`);
  }
  if (!shown.listed && !shown.opened) report.show("Isi catatan", said);
  return head;
}
function checkListed(listed, said, report) {
  const leaf = leafHash(text.encode(canonical(listed.content)));
  need(Array.isArray(listed.path) && isIncluded(listed.path.map(unhex), leaf, listed.index, said.entries, unhex(said.entries_root)), "Informasi dalam berkas ini bukan bagian edisi itu, atau sudah diubah.");
  report.add("good", `Informasi ini benar dimuat dalam edisi ${said.number}.`);
  report.show("Isi informasi menurut edisi itu", listed.content);
}
function checkOpened(name, one, entry, report) {
  const salt = unhex(one.salt), value = text.encode(canonical(one.value));
  const size = (part) => { const out = new DataView(new ArrayBuffer(4)); out.setUint32(0, part.length); return new Uint8Array(out.buffer); };
  const made = sha256(text.encode("sip-ppid/commitment/v1\n"), size(salt), salt, size(value), value);
  need(salt.length >= 16 && hex(made) === entry.commitments[name], `Nilai “${name}” bukan yang diikrarkan pada waktu itu.`);
  report.add("good", `Nilai “${name}” sama dengan yang diikrarkan pada ${entry.at}.`);
  report.show(`Nilai “${name}”`, one.value);
}
async function checkGrowth(file, earlier, given, report) {
  const proof = parseNumbered(file.said, "old");
  const head = await checkNote(proof.note, given, report, "Titik periksa yang lebih baru");
  const old = earlier.find((one) => one.size === proof.count);
  if (!old) { report.add("open", `Bukti kelanjutan bermula pada ${proof.count} catatan; tambahkan titik periksa seukuran itu yang Anda simpan.`); return head; }
  need(old.origin === head.origin && isContinued(proof.path, old.size, head.size, old.root, head.root), "Log itu BUKAN kelanjutan titik periksa yang Anda simpan: ada yang diubah atau dihapus.");
  report.add("good", `Log dengan ${head.size} catatan benar kelanjutan dari ${old.size} catatan yang Anda simpan.`);
  return head;
}
function compareHeads(heads, report) {
  heads.forEach((one, i) => heads.slice(0, i).forEach((other) => {
    if (one.origin === other.origin && one.size === other.size) need(same(one.root, other.root), `Ada dua riwayat log ${one.origin} dengan ${one.size} catatan: log ditulis ulang. Simpan kedua berkasnya sebagai bukti.`);
  }));
}
const KINDS = { "edition.published": "edisi daftar diterbitkan", "paper.signed": "naskah ditandatangani", "paper.prepared": "naskah disiapkan untuk ditandatangani", "test.written": "lembar uji konsekuensi ditulis", "determination.made": "surat penetapan diterbitkan", "approval.given": "informasi diputus" };
