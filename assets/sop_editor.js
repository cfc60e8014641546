// The SOP editor: what is typed is saved and drawn a moment later, and the buttons of a row change
// the page without leaving it. Without this script each button sends the form.

const AFTER_MS = 700;
const LEAVING = ["unduh", "adopsi"];

const editor = () => document.querySelector("form[data-sop-editor]");
const say = (text) => {
  editor().querySelector("[data-saved]").textContent = text;
};
let waiting = 0;
let sending = new AbortController();

// Each mistake is told beside its control too; a card that has one is marked.
function tellMistakes(form) {
  for (const place of form.querySelectorAll("[data-wrong]")) {
    place.replaceChildren();
    place.closest(".govuk-form-group")?.classList.remove("govuk-form-group--error");
  }
  for (const mark of form.querySelectorAll("[data-wrong-mark]")) {
    mark.hidden = true;
  }
  for (const mistake of form.querySelectorAll("[data-mistake]")) {
    const at = mistake.dataset.mistake;
    const place = at && form.querySelector(`[data-wrong="${CSS.escape(at)}"]`);
    if (place) {
      const told = document.createElement("p");
      const warns = mistake.dataset.warning;
      told.className = warns ? "ppid-editor__warning" : "govuk-error-message";
      told.textContent = mistake.querySelector("[data-message]").textContent;
      place.append(told);
      if (warns) {
        continue;
      }
      place.closest(".govuk-form-group")?.classList.add("govuk-form-group--error");
      place.closest("[data-row]")?.querySelector("[data-wrong-mark]")?.removeAttribute("hidden");
    }
  }
}

function draw(html) {
  const form = editor();
  const old = form.querySelector("[data-drawn]");
  const made = new DOMParser().parseFromString(html, "text/html").querySelector("[data-drawn]");
  if (!made.querySelector(".ppid-sheet") && old.querySelector(".ppid-sheet")) {
    made.prepend(old.querySelector(".ppid-sheet"));
    form.querySelector(".ppid-editor__right").classList.add("ppid-editor__right--stale");
  } else {
    form.querySelector(".ppid-editor__right").classList.remove("ppid-editor__right--stale");
  }
  old.replaceWith(made);
  tellMistakes(form);
  return made;
}

async function save() {
  const form = editor();
  sending.abort();
  sending = new AbortController();
  try {
    const answer = await fetch(form.dataset.sopEditor, {
      method: "POST",
      body: new FormData(form),
      signal: sending.signal,
    });
    if (!answer.ok && answer.status !== 409) {
      throw new Error(answer.statusText);
    }
    const made = draw(await answer.text());
    const refused = made.querySelector("[data-refused]");
    if (refused) {
      say(refused.textContent);
      return;
    }
    form.elements.turn.value = made.dataset.turn;
    form.querySelector("[value=batalkan]").disabled = !made.dataset.back;
    form.querySelector("[value=ulangi]").disabled = !made.dataset.on;
    say("Tersimpan.");
  } catch (error) {
    if (error.name !== "AbortError") {
      say("Belum tersimpan: sambungan terputus.");
    }
  }
}

const opened = () => [...editor().querySelectorAll("details[open][id]")].map((one) => one.id);

async function act(button) {
  clearTimeout(waiting);
  sending.abort();
  const form = editor();
  const open = opened().filter((id) => !id.startsWith("langkah-"));
  const body = new FormData(form);
  body.set("perintah", button.value);
  body.set("di", button.closest(".ppid-card")?.id ?? form.elements.di.value);
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!main || !page.querySelector("form[data-sop-editor]")) {
    location.assign(answer.url);
    return;
  }
  document.querySelector("main").replaceWith(main);
  begin();
  for (const id of open) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  const at = document.getElementById(editor().elements.di.value);
  at?.querySelector("summary")?.focus();
  at?.scrollIntoView({ block: "nearest" });
  const told = main.querySelector(".govuk-error-summary li, .govuk-notification-banner__content");
  say(told ? told.innerText.replace(/\s+/g, " ").trim() : "Tersimpan.");
  main.querySelector(".govuk-notification-banner")?.remove();
}

function begin() {
  const form = editor();
  form.querySelector("[data-keys]").hidden = false;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, AFTER_MS);
  };
  form.addEventListener("input", (event) => {
    const title = event.target.closest("[data-row]")?.querySelector("[data-title]");
    if (title && event.target.name.endsWith("-kegiatan")) {
      title.textContent = event.target.value || "Langkah baru";
    }
    soon();
  });
  // The row that one is in is marked on the drawing.
  form.addEventListener("focusin", (event) => {
    const at = event.target.closest(".ppid-card")?.id;
    if (at && at !== form.elements.di.value) {
      form.elements.di.value = at;
      soon();
    }
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter ?? form.querySelector("[name=perintah]");
    clearTimeout(waiting);
    if (LEAVING.includes(button.value)) {
      return;
    }
    event.preventDefault();
    act(button).catch(() => say("Belum tersimpan: sambungan terputus."));
  });
  // A row is split where the cursor stands in its activity.
  for (const button of form.querySelectorAll("[data-split]")) {
    const row = button.closest("[data-row]").dataset.row;
    const field = form.elements[`langkah-${row}-kegiatan`];
    field.addEventListener("blur", () => {
      const at = field.selectionStart;
      const inside = at > 0 && at < field.value.length;
      button.value = inside ? `pisah-${row}-${at}` : `pisah-${row}`;
    });
  }
  form.addEventListener("click", (event) => {
    const target = event.target.closest("a[href^='#']")?.getAttribute("href").slice(1);
    const place = target && document.getElementById(target);
    for (let card = place?.closest("details"); card; card = card.parentElement.closest("details")) {
      card.open = true;
    }
  });
}

const KEYS = { ArrowUp: "naik", ArrowDown: "turun" };

document.addEventListener("keydown", (event) => {
  const form = editor();
  const row = event.target.closest?.("[data-row]")?.dataset.row;
  const press = (value) => {
    event.preventDefault();
    form.querySelector(`[name=perintah][value="${value}"]:not([disabled])`)?.click();
  };
  if (row && event.altKey && KEYS[event.key]) {
    press(`${KEYS[event.key]}-${row}`);
  } else if (row && event.ctrlKey && event.key === "Enter") {
    press(`tambah-${row}`);
  } else if (event.ctrlKey && event.key.toLowerCase() === "z" && !event.target.matches("input, textarea")) {
    press(event.shiftKey ? "ulangi" : "batalkan");
  }
});

begin();
