// The service worker of one place's stock-take. Its scope is that address alone; it keeps one page,
// "tanpa-sinyal/", which says nothing but codes and the name of the place, and what that page needs
// to be drawn (docs/decisions/0135). Whoever has signal gets the office's own answer.

const HERE = new URL(self.registration.scope).pathname;
const PAGE = `${HERE}tanpa-sinyal/`;
const KEPT = `stock-take ${HERE}`;
const LONGEST_MS = 12 * 3600 * 1000; // as long as a sign-in lasts at most
const PATIENCE_MS = 8000; // a signal that is there and carries nothing
const ASSETS = "/aset/";
const PARTS = /(?:href|src)="(\/aset\/[^"]+)"/g;
const GONE = [403, 404];

async function keep() {
  const answer = await fetch(PAGE, { cache: "no-store", redirect: "error" });
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  const text = await answer.text();
  const parts = [...text.matchAll(PARTS)].map((found) => found[1]);
  const kept = await caches.open(KEPT);
  await kept.addAll(parts);
  const headers = new Headers(answer.headers);
  headers.set("Kept-At", Date.now());
  await kept.put(PAGE, new Response(text, { headers }));
  for (const request of await kept.keys()) {
    if (![PAGE, ...parts].includes(new URL(request.url).pathname)) {
      await kept.delete(request);
    }
  }
}

async function forget() {
  await caches.delete(KEPT);
  await self.registration.unregister();
}

async function keptPage() {
  const page = await (await caches.open(KEPT)).match(PAGE, { ignoreVary: true });
  if (page && Date.now() - Number(page.headers.get("Kept-At")) < LONGEST_MS) {
    return page;
  }
  await forget();
  return Response.error();
}

async function visit(event) {
  const impatient = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
  try {
    const answer = await Promise.race([fetch(event.request), impatient]);
    if (answer.ok) {
      event.waitUntil(keep().catch(() => {}));
    } else if (GONE.includes(answer.status)) {
      event.waitUntil(forget());
    }
    return answer;
  } catch {
    return keptPage();
  }
}

async function part(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(visit(event));
  } else if (new URL(event.request.url).pathname.startsWith(ASSETS)) {
    event.respondWith(part(event.request));
  }
});
