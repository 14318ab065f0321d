// The signed log, open to everybody: how long it is, the latest checkpoint, the key, how to check.
import { dayCheckpoints, lastCheckpoint } from '#audit';
import { fullDay, fullTime, istDay } from '../../../words/format.ts';
import { publicKey, shortOf } from '../../log-said.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { lang } = locals;
  const head = await lastCheckpoint();
  return {
    size: head.size.toLocaleString(lang === 'hi' ? 'hi-IN' : 'en-IN'),
    at: fullTime(lang, head.at),
    short: shortOf(head.root),
    root: head.root.toString('hex'),
    key: publicKey(),
    days: (await dayCheckpoints()).map((day) => ({
      day: fullDay(lang, istDay(day.at)),
      size: day.size.toLocaleString(lang === 'hi' ? 'hi-IN' : 'en-IN'),
      short: shortOf(day.root),
    })),
  };
};
