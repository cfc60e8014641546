// A stock-take with a phone: labels are scanned with the camera, typed, or read by a hand scanner.
// What was scanned lives in the text area and, by code alone, in the browser's own store, so that
// neither a reload nor a room without signal loses it. Without this script the form works too.

const WAIT_MS = 10_000;
const LOOK_MS = 250;
const CODE = /^[0-9a-f]{12}$/i;

const codeIn = (text) => {
  const plain = text.trim().replace(/\/+$/, "").split("/").pop().replace(/[\s-]/g, "");
  return CODE.test(plain) ? plain.toUpperCase().match(/.{4}/g).join("-") : "";
};

function stored(key, values) {
  try {
    if (values) {
      localStorage.setItem(key, JSON.stringify(values));
    }
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return []; // a browser that keeps nothing: the page alone remembers
  }
}

function takesStock(form) {
  const key = `stock-take-${form.dataset.stockTake}`;
  const field = form.querySelector("[data-scans]");
  const status = form.querySelector("[data-scan-status]");
  const codes = [...form.querySelectorAll("[data-code]")];
  const video = form.querySelector("[data-scan-video]");
  const button = form.querySelector("[data-scan-camera]");
  let last = "";
  let sending = false;
  let camera = null;

  const scanned = () => [...new Set(field.value.split("\n").map(codeIn).filter(Boolean))];

  const show = (more = "") => {
    const found = scanned();
    for (const one of codes) {
      one.classList.toggle("ppid-scan__code--found", found.includes(one.dataset.code));
    }
    const here = codes.filter((one) => found.includes(one.dataset.code)).length;
    const others = found.length - here;
    const strange = others ? `, ${others} kode lain` : "";
    status.textContent = `${here} dari ${codes.length} ditemukan${strange}. ${more}`.trim();
  };

  const add = (text) => {
    const code = codeIn(text);
    if (!code || code === last) {
      return;
    }
    last = code;
    if (!scanned().includes(code)) {
      field.value = `${field.value.trimEnd()}\n${code}\n`.trimStart();
      stored(key, scanned());
      navigator.vibrate?.(60);
    }
    show(`Terakhir: ${code}.`);
  };

  const stop = () => {
    for (const track of camera.getTracks()) {
      track.stop();
    }
    camera = null;
    video.hidden = true;
    button.textContent = "Pindai dengan kamera";
  };

  const look = async (detector) => {
    while (camera) {
      const found = await detector.detect(video).catch(() => []);
      found.forEach((one) => add(one.rawValue));
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };

  const start = async () => {
    try {
      const wanted = { video: { facingMode: "environment" } };
      camera = await navigator.mediaDevices.getUserMedia(wanted);
    } catch {
      show("Kamera tidak dapat dipakai; ketik kodenya.");
      return;
    }
    video.srcObject = camera;
    video.hidden = false;
    await video.play();
    button.textContent = "Matikan kamera";
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  };

  const reached = async () => {
    try {
      return (await fetch(location.href, { method: "HEAD", cache: "no-store" })).ok;
    } catch {
      return false;
    }
  };

  const send = async () => {
    if (await reached()) {
      if (form.dataset.return) {
        location.assign(form.dataset.return); // kept for a room without signal, it sends nothing
      } else {
        form.submit();
      }
      return;
    }
    show("Belum ada sinyal: kode tersimpan di ponsel ini dan dikirim begitu sinyal kembali.");
    await new Promise((resolve) => {
      setTimeout(resolve, WAIT_MS);
      window.addEventListener("online", resolve, { once: true });
    });
    send();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stored(key, scanned());
    if (!sending) {
      sending = true;
      send();
    }
  });
  field.addEventListener("input", () => {
    stored(key, scanned());
    show();
  });
  form.querySelector("[data-scan]").hidden = false;
  if (!field.value.trim()) {
    field.value = stored(key).map((code) => `${code}\n`).join("");
  }
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    button.hidden = false;
    button.addEventListener("click", () => (camera ? stop() : start()));
    show();
  } else {
    show("Peramban ini tidak membaca QR; ketik kodenya atau pakai pemindai genggam.");
  }
}

// From now on the page opens without signal too (stock_take_offline.js).
async function keepsForLater(form) {
  try {
    await navigator.serviceWorker.register(form.dataset.worker);
    await navigator.serviceWorker.ready;
    form.querySelector("[data-scan-kept]").hidden = false;
  } catch {
    // a browser that keeps nothing, or no signal any more: the open page still works
  }
}

async function forgets(done) {
  stored(`stock-take-${done.dataset.stockTaken}`, []);
  if ("serviceWorker" in navigator) {
    await (await navigator.serviceWorker.getRegistration(done.dataset.scope))?.unregister();
    await caches.delete(`stock-take ${done.dataset.scope}`);
  }
}

for (const form of document.querySelectorAll("form[data-stock-take]")) {
  takesStock(form);
  if (form.dataset.worker && "serviceWorker" in navigator) {
    keepsForLater(form);
  }
}

// What was sent need not be remembered.
for (const done of document.querySelectorAll("[data-stock-taken]")) {
  forgets(done);
}
