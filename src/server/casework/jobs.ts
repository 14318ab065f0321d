// By the clock: what falls due is raised to whoever holds the file, and a desk that nobody holds for a day is raised itself.
import { CODE_LIVES } from '#callback';
import { type Act, type Reading, tell, type Watch } from '#foundation';
import { breachesToTell, chainsOf, inCharge, nextClockAt, raise, saidToHer, sweep } from '#deadlines';
import { sendSms } from '#notify';
import { firstWrongAt, forgetWrong } from './desk-tries.ts';
import { tellOfTouches } from './decoys.ts';
import { makeDigests } from './digest.ts';
import * as store from './store.ts';
import { nextDirectionAt, raiseDirections } from './supervision.ts';

/** Deadlines and vacancies of all files; what was tried in vain at a desk is forgotten. */
export const watch: Watch = {
  name: 'casework',
  nextAt: async (r) => {
    const forget = (await firstWrongAt(r))?.add(CODE_LIVES);
    const at = [await nextClockAt(r), (await strandedFrom(r))[0]?.due_at, await nextDirectionAt(r), forget].filter(
      (one) => one !== undefined,
    );
    return at.sort(Temporal.Instant.compare)[0];
  },
  sweep: async (h) => {
    if (await sweep(h)) return true;
    await raiseVacancies(h);
    await raiseDirections(h);
    await makeDigests(h);
    await forgetWrong(h, h.now.subtract(CODE_LIVES));
    return tellOfBreaches(h);
  },
  often: tellOfTouches,
};

const WORDS_AT_ONCE = 100;

// She is told that there is something new to see, never what: in her hours, as she chose, once for several on the same day. Where the
// file has come to its end, nothing is said any more.
async function tellOfBreaches(h: Act): Promise<boolean> {
  const breaches = await breachesToTell(h, WORDS_AT_ONCE);
  if (breaches.length === 0) return false;
  const files = await store.toWrite(
    h,
    breaches.map(({ file }) => file),
  );
  for (const { id, language } of files)
    await sendSms(h, { subject: id, purpose: 'breach', template: 'update', language, params: {} });
  await saidToHer(h, breaches);
  return breaches.length > 0;
}

const strandedFrom = (r: Reading) => store.stranded(r, r.now);

// The clocks of a stranded file run on; this says why nobody works on it. It goes to the post in charge, not to a vacant one.
async function raiseVacancies(h: Act): Promise<void> {
  const files = (await strandedFrom(h)).filter(({ due_at }) => Temporal.Instant.compare(due_at, h.now) <= 0);
  if (files.length === 0) return;
  const chains = await chainsOf(h, [...new Set(files.map(({ post }) => post))]);
  const alarms = files.flatMap(({ file, post, due_at }) => {
    const to = inCharge(chains.get(post) ?? []);
    return to
      ? [
          {
            file,
            rule: 'vacant-post',
            stage: 'vacant',
            due_at,
            reason: 'vacant-post',
            to: { post: to.post, path: to.path },
          },
        ]
      : [];
  });
  await raise(h, alarms);
  for (const post of new Set(alarms.map(({ to }) => to.post))) await tell(h, 'attention', post);
}
