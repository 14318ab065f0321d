// Only where she put the page on her home screen: without a network it shows the page as it was before any alarm, with 112 and the button.
const KEPT = 'page-1';
const PAGE = '/sos';
self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
async function keep() {
  const cache = await caches.open(KEPT);
  const page = await fetch(PAGE, { credentials: 'omit', cache: 'reload' });
  const text = await page.clone().text();
  await cache.put(PAGE, page);
  const parts = [...text.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js))"/g)].map(([, part]) => part);
  await cache.addAll([...new Set([...parts, '/icon.svg'])]);
  await self.skipWaiting();
}
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  const ours = request.mode === 'navigate' ? url.pathname === PAGE : /\.(css|js|svg)$/.test(url.pathname);
  if (!ours) return;
  event.respondWith(
    fetch(request, { signal: AbortSignal.timeout(5000) }).catch(
      async () => (await caches.match(request.mode === 'navigate' ? PAGE : request)) ?? Response.error(),
    ),
  );
});
