// A district in which something is spoilt behind the house’s back while it lives: what is asked after every turn hears it, and so does whoever
// lives there, in what he is answered; and nothing else is heard with it.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, test } from 'vitest';
import { log } from '#foundation';
import { play, type RunOptions, tell } from '../../sim/play.ts';
import { receiptLookup } from '../../src/server/intake/codes.ts';
import {
  type Spoils,
  HOUR,
  past,
  instead,
  says,
  all,
  filed,
  numbered,
  once,
  every,
  first,
  codeOf,
  tries,
  leaves,
  GUESS,
  wayOf,
  WORLD,
} from './spoil.ts';

const DRAFTS = { days: 3, a_day: 4 };
const ALARMS = { days: 1, a_day: 0.001, alarms_a_day: 8 };
const SPOILT: readonly [what: string, said: string, spoils: Spoils, world?: Partial<RunOptions>][] = [
  [
    'a file is dropped',
    'I1 an acknowledged complaint lost',
    once(past('delete from casework.file; delete from casework.stay'), filed),
  ],
  [
    'an SMS is given out again',
    'I12 handed over twice',
    first(
      instead('notify.message', 'update', `if new.state = 'handed' then return old; end if; return new;`),
      every(
        HOUR,
        past(`select graphile_worker.add_job('notify.send', json_build_object('message', id)) from notify.message
          where state = 'waiting'`),
      ),
    ),
  ],
  [
    'a clock is begun anew',
    'I9 a date was moved',
    once(past(`update deadlines.deadline set started_at = started_at + interval '1 hour'`), filed),
  ],
  [
    'a line of the ledger is another',
    'I8 the log: changed',
    once(past(`update foundation.ledger set deed = 'casework.other' where deed like 'casework.%'`), filed),
  ],
  [
    'sight is kept after a transfer',
    'I6: who was posted elsewhere still sees a file',
    once(
      all(
        says(
          'posts.acting',
          't.officer = s.officer and t.from_at <= here and (t.to_at is null or t.to_at > here)',
          'true',
        ),
        instead('posts.session', 'update', 'new.ended_at := null; return new;'),
        leaves,
      ),
      numbered,
    ),
  ],
  ['she who may is let', 'suman was let: her own work', once(tries, numbered)],
  [
    'a code in the log',
    'I10 a code or a number in a line of the log',
    once(async (w, cases) => log.info({ note: codeOf(w, cases) }, 'said'), numbered),
  ],
  [
    'a receipt in a table',
    'I10 in the clear',
    once((w, cases) => w.house.sql(`create table posts.spilt as select '${cases[0]?.filed?.receipt}' as what`), filed),
  ],
  [
    'a code in a table',
    'I10 in the clear',
    once((w, cases) => w.house.sql(`create table posts.spilt as select '${codeOf(w, cases)}' as what`), numbered),
  ],
  [
    'an alarm is given no vehicle',
    'I5 an alarm without enough vehicles beside a free one',
    once(instead('sos.call_out', 'insert', 'return null;')),
    ALARMS,
  ],
  [
    'what was pressed is forgotten',
    'one alarm was raised twice',
    once(instead('sos.alert', 'insert', 'new.client_mac := null; return new;')),
    { ...ALARMS, days: 2, alarms_a_day: 12 },
  ],
  [
    'nobody is there to close it',
    'an alarm stays open: post-vacant',
    once(
      past(
        `update posts.tenure set to_at = foundation.now() where post in (select id from posts.post where kind = 'cp')`,
      ),
    ),
    ALARMS,
  ],
  [
    'keys are forgotten',
    'sim.again was done a second time',
    once(async (w) => {
      for (let n = 0; n < 100; n++) await w.deed('verma', 'sim.again', `again ${n}`, async () => n);
      w.start('forgets', once(past('delete from foundation.idempotency'))(w, []));
    }),
    { days: 1, a_day: 0.001 },
  ],
  [
    'her form is forgotten',
    'case N was given two receipts',
    every(5, past('update intake.complaint set form_id = id')),
    { days: 0.25, a_day: 60 },
  ],
  [
    'a code opens what it was not given for',
    'a code that nobody was given has opened something',
    once(async (w) => {
      const { below } = w.dice;
      w.dice.below = (n) => (n === 1e8 ? GUESS : below(n));
      const guessed = receiptLookup(String(GUESS).padStart(16, '4')).toString('hex');
      await past(`update intake.complaint set receipt_lookup = '\\x${guessed}'`)(w, []);
    }),
    { days: 12, a_day: 0.001 },
  ],
  [
    'her page has another number',
    'case N shows another number',
    once(
      all(
        wayOf(0),
        says(
          'casework.my_file',
          'select * from casework.file',
          `select (jsonb_populate_record(file, '{"number": "999999999999"}')).* from casework.file`,
        ),
      ),
    ),
  ],
  [
    'her page leaves a desk out',
    'case N: N s at desks, N s old',
    once(all(wayOf(0), says('casework.my_stays', 'order by n', 'and (n > 1 or to_at is null) order by n'))),
  ],
  [
    'a call is not over when it was confirmed',
    'case N: a call that was confirmed was taken again',
    once(
      instead(
        'callback.promise',
        'update',
        `if new.state = 'confirmed' then new.state := 'waiting'; new.confirmed_at := null; new.next_try_at := foundation.now();
         end if; return new;`,
      ),
    ),
    { a_day: 8 },
  ],
  [
    'a call counts as another one’s',
    'case N: a code was good for two calls',
    once(
      instead(
        'callback.attempt',
        'insert',
        `select t.post, t.officer into new.post, new.officer from posts.tenure t join posts.post p on p.id = t.post
           where p.kind = 'callback' and p.path::text = 'in.up.kanpur_nagar' and p.id <> new.post and t.to_at is null;
         return new;`,
      ),
    ),
    { a_day: 8 },
  ],
  [
    'unsent forms are dropped',
    'case N: an unsent form was gone too early',
    first(wayOf(1), every(HOUR / 2, past('delete from intake.draft'))),
    DRAFTS,
  ],
  [
    'unsent forms last longer',
    'case N: an unsent form was kept too long',
    once(
      all(
        wayOf(9),
        instead('intake.draft', 'update', `new.expires_at := new.expires_at + interval '30 days'; return new;`),
      ),
    ),
    { days: 14, a_day: 0.2 },
  ],
  [
    'her code leads to another’s form',
    'case N: her form is another',
    first(
      wayOf(1),
      every(
        HOUR,
        past(`with one as (select id from intake.draft order by id limit 1),
            gone as (delete from intake.draft where id in (select id from one) and (select count(*) from intake.draft) > 1 returning resume_lookup)
          update intake.draft d set resume_lookup = gone.resume_lookup from gone where d.id = (
            select id from intake.draft where id not in (select id from one) order by id limit 1)`),
      ),
    ),
    { days: 3, a_day: 12 },
  ],
  [
    'every code is the same',
    'case N: a wrong code has opened it',
    once(
      all(wayOf(0), async () => {
        const { randomInt } = crypto;
        Object.assign(crypto, {
          randomInt: (from: number, below?: number) =>
            from === 1e6 ? 0 : below === undefined ? randomInt(from) : randomInt(from, below),
        });
        syncBuiltinESMExports();
      }),
      numbered,
    ),
    { days: 6, a_day: 1.5 },
  ],
  [
    'that a code was used is forgotten',
    'case N: a code has opened it twice',
    once(all(wayOf(0), instead('intake.track_code', 'update', 'new.used_at := null; return new;')), numbered),
    { days: 6, a_day: 1.5 },
  ],
  [
    'a code is not used up',
    'I7 confirmed, and no code was used',
    once(instead('callback.code', 'update', 'new.used_at := null; return new;')),
  ],
];

const isHeard = async (...[_what, said, spoils, world = {}]: (typeof SPOILT)[number]) => {
  const run = await play({ ...WORLD, ...world, spoils });
  const first = run.broken.filter(({ after }) => after === run.broken[0]?.after);
  const heard = first.map(({ invariant, what }) =>
    invariant === 'something threw'
      ? (/Error: (.*)/.exec(what)?.[1]?.replaceAll(/\d+/g, 'N').replace(/^IN/, 'I6') ?? what)
      : invariant,
  );
  expect([...new Set(heard)].sort().join(' + '), tell(run)).toBe(said);
};
// every third in `npm test`, which must stay under ten minutes
const third = (n: number): boolean => n % 3 === 0;
test.each(SPOILT.filter((_, n) => third(n)))('%s: %s', { timeout: 300_000 }, isHeard);
describe.skipIf(!process.env.ITSSO_LONG)('all the others (needs ITSSO_LONG: npm run test:long)', () => {
  test.each(SPOILT.filter((_, n) => !third(n)))('%s: %s', { timeout: 300_000 }, isHeard);
});
