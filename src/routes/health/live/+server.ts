// GET /health/live: as long as the process runs.
import type { RequestHandler } from '@sveltejs/kit';

export const GET: RequestHandler = () => Response.json({ status: 'ok' });
