// The ground of the map, tile by tile, from the archive on this disk. Whoever sees the board may see it, and crews; nobody outside is asked.
import { seesMap, tileAt } from '#sos';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const { staff } = locals;
  if (!staff || !seesMap(staff.post_kind)) return new Response(null, { status: 401 });
  const [z = -1, x = -1, y = -1] = [params.z, params.x, params.y].map((part) =>
    /^\d{1,8}$/.test(part) ? Number(part) : -1,
  );
  const tile = z < 0 || x < 0 || y < 0 ? undefined : await tileAt(z, x, y);
  // where the archive has nothing, the map draws nothing
  if (!tile) return new Response(null, { status: 204, headers: { 'cache-control': 'private, max-age=3600' } });
  return new Response(new Uint8Array(tile.bytes), {
    headers: {
      'content-type': tile.type,
      ...(tile.encoding ? { 'content-encoding': tile.encoding } : {}),
      'cache-control': 'private, max-age=86400',
    },
  });
};
