// Only where she put the page on her home screen: without a network it shows the page as it was before any alarm, with 112 and the button.
const KEPT = 'page-2';
const PAGE = '/sos';
self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(took()));
async function took() {
  for (const name of await caches.keys()) if (name.startsWith('page-') && name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}
async function keep() {
  const cache = await caches.open(KEPT);
  const page = await fetch(PAGE, { credentials: 'omit', cache: 'reload' });
  const text = await page.clone().text();
  // marked, so that its script looks for an alarm that runs as soon as there is a network again
  const marked = text.replace('<main', '<main data-kept');
  await cache.put(PAGE, new Response(marked, { headers: { 'content-type': page.headers.get('content-type') } }));
  const parts = [...text.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js))"/g)].map(([, part]) => part);
  await cache.addAll([...new Set([...parts, '/icon.svg'])]);
  await self.skipWaiting();
}
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  const page = request.mode === 'navigate';
  const ours = page ? url.pathname === PAGE : /\.(css|js|svg)$/.test(url.pathname);
  if (!ours) return;
  event.respondWith(
    // a slow network is one: her running alarm is not hidden behind the page as it was before
    fetch(request, { signal: AbortSignal.timeout(page ? 20_000 : 8000) }).catch(
      async () => (await caches.match(page ? PAGE : request)) ?? Response.error(),
    ),
  );
});
