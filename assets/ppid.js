// The script of SIP PPID. Every page works without it; it adds comfort: one click is one act,
// counted characters, the menu of a telephone, a password that can be looked at.

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";

const characterCount = {
  charactersUnderLimit: { other: "Sisa %{count} karakter" },
  charactersAtLimit: "Tidak ada sisa karakter",
  charactersOverLimit: { other: "Lebih %{count} karakter" },
  wordsUnderLimit: { other: "Sisa %{count} kata" },
  wordsAtLimit: "Tidak ada sisa kata",
  wordsOverLimit: { other: "Lebih %{count} kata" },
  textareaDescription: { other: "Paling banyak %{count} karakter" },
};

const passwordInput = {
  showPassword: "Tampilkan",
  hidePassword: "Sembunyikan",
  showPasswordAriaLabel: "Tampilkan kata sandi",
  hidePasswordAriaLabel: "Sembunyikan kata sandi",
  passwordShownAnnouncement: "Kata sandi Anda terlihat",
  passwordHiddenAnnouncement: "Kata sandi Anda tersembunyi",
};

const fileUpload = {
  chooseFilesButton: "Pilih berkas",
  dropInstruction: "atau seret ke sini",
  noFileChosen: "Belum ada berkas dipilih",
  multipleFilesChosen: { other: "%{count} berkas dipilih" },
  enteredDropZone: "Anda di atas tempat berkas",
  leftDropZone: "Anda meninggalkan tempat berkas",
};

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
createAll(CharacterCount, { i18n: characterCount });
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(FileUpload, { i18n: fileUpload });
createAll(NotificationBanner);
createAll(PasswordInput, { i18n: passwordInput });
createAll(Radios);
createAll(ServiceNavigation);
createAll(SkipLink);
createAll(Tabs);

// A list that is narrowed by a choice is asked for anew when the choice changes.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// A part of a form that matters only for some answers is shown for those: "id of the field=answers".
for (const part of document.querySelectorAll("[data-shown-for]")) {
  const [id, answers] = part.dataset.shownFor.split("=");
  const field = document.getElementById(id);
  const show = () => {
    const filled = part.querySelector(".govuk-error-message, .ppid-gaps");
    part.hidden = !answers.split(" ").includes(field.value) && !filled;
  };
  field.addEventListener("change", show);
  show();
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// A form that keeps its draft sends it some seconds after the last change, and says so. Saving ends
// it: what is on its way is called back, so that no draft outlives the sheet.
const DRAFT_AFTER_MS = 3000;

function keepsDraft(form) {
  const status = form.querySelector("[data-draft-status]");
  let waiting = 0;
  let sending = new AbortController();
  const keep = async () => {
    sending.abort();
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
        signal: sending.signal,
      });
      const now = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
      status.textContent = answer.status === 204
        ? `Draf tersimpan pukul ${now}. Hanya Anda yang dapat melihatnya.`
        : "Draf belum tersimpan. Simpan lembar uji supaya pekerjaan Anda tidak hilang.";
    } catch (error) {
      if (error.name !== "AbortError") {
        status.textContent = "Draf belum tersimpan: sambungan terputus.";
      }
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, DRAFT_AFTER_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    sending.abort();
  });
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  keepsDraft(form);
}
