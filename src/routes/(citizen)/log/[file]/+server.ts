// What the log is checked with, as files to take along; and its latest checkpoint as witnesses fetch it.
import { error } from '@sveltejs/kit';
import { lastCheckpoint } from '#audit';
import checkPage from '../../../../../verifier/check.html?raw';
import checkProgram from '../../../../../verifier/check.mjs?raw';
import type { RequestHandler } from './$types';

const FILES: Record<string, string> = { 'check.html': checkPage, 'check.mjs': checkProgram };

export const GET: RequestHandler = async ({ params }) => {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (params.file === 'checkpoint')
    return new Response((await lastCheckpoint()).note, {
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
    });
  const file = FILES[params.file];
  if (!file) error(404);
  // to be saved, never run at this address
  return new Response(file, {
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${params.file}"`,
    },
  });
};
