// The signed log, open to everybody: how long it is, the latest checkpoint, the key, how to check.
import { dayCheckpoints, lastCheckpoint } from '#audit';
import { count, fullDay, fullTime, istDay } from '../../../words/format.ts';
import { publicKey, shortOf } from '../../log-said.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { lang } = locals;
  const head = await lastCheckpoint();
  return {
    size: count(lang, head.size),
    at: fullTime(lang, head.at),
    short: shortOf(head.root),
    root: head.root.toString('hex'),
    key: publicKey(),
    days: (await dayCheckpoints()).map((day) => ({
      day: fullDay(lang, istDay(day.at)),
      size: count(lang, day.size),
      short: shortOf(day.root),
    })),
  };
};
