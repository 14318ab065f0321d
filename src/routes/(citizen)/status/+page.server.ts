// Is the service running? The same checks that the operators' health address answers.
import { house, read } from '#foundation';
import { fullTime } from '../../../words/format.ts';
import type { PageServerLoad } from './$types';

type Answer = { status: string; checks: Record<string, 'ok' | 'not-ready'> };

export const load: PageServerLoad = async ({ locals, fetch }) => {
  const { status, checks } = (await (await fetch('/health/ready')).json()) as Answer;
  // the house's own clock; when the database is away, that is the news, and the page goes without the hour
  const now = await read(house(), 'foundation.look-ready', async (r) => r.now).catch(() => undefined);
  const parts = Object.entries(checks).map(([id, state]) => ({ id, running: state === 'ok' }));
  return { running: status === 'ok', parts, when: now ? fullTime(locals.lang, now) : '' };
};
