// The home screen's entry, under a name that says nothing; only linked when she asked for it.
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { words } from '#words';

export const GET: RequestHandler = ({ params, locals }) => {
  const { names } = words(locals.lang).sos.her;
  const name = Object.hasOwn(names, params.name) ? names[params.name as keyof typeof names] : error(404);
  const manifest = {
    name,
    short_name: name,
    start_url: '/sos',
    scope: '/sos',
    display: 'standalone',
    background_color: '#faf7f2',
    theme_color: '#faf7f2',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
  return new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json' } });
};
