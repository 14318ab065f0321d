// The operator's network of a run, and the phones behind it: most messages arrive within minutes, some hours later, some twice, some never;
// some the network does not take now, and of some nobody can say. Every handing over stands in its journal.
import type { Outgoing, Outside } from '../src/server/notify/gateway.ts';
import type { TestHouse } from '../test/house.ts';
import type { Dice } from './dice.ts';
import type { Broken } from './invariants.ts';
import { saysHers } from './leaks.ts';

const MINUTE = 1;
const HOUR = 60;
/** The latest that a message still arrives. */
const LATEST_HOURS = 36;
/** Of one block of a thousand numbers so many are written to within ten minutes, alarms apart: docs/limits.md. */
const BLOCK_IN_MINUTES = 5;
const BLOCK_MINUTES = 10;

type Handed = { id: string; to: string; template: string; at: Temporal.Instant };
type Arrived = { to: string; template: string; text: string; at: Temporal.Instant };

export type Gateway = {
  sms: Outside;
  /** what has arrived on a phone until now, in the order in which it arrived */
  inbox: (mobile: string, now: Temporal.Instant) => readonly { template: string; text: string }[];
  /** how many came late, twice, never */
  counts: ReadonlyMap<string, number>;
  /** codes that stood in what was handed over */
  codes: ReadonlySet<string>;
  /** I12 and I10: what was handed over twice, in too great a number, or says too much */
  amiss: () => Broken[];
};

/** @param h the house whose clock counts: what falls due between two turns goes out then */
export function openGateway(dice: Dice, h: TestHouse): Gateway {
  const journal: Handed[] = [];
  const arrivals: Arrived[] = [];
  const counts = new Map<string, number>();
  const amiss: Broken[] = [];
  const codes = new Set<string>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const clock = async (): Promise<Temporal.Instant> =>
    Temporal.Instant.from(
      (
        await h.sql<{ at: string }>(
          `select to_char(foundation.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
        )
      )[0]?.at ?? '',
    );
  const look = (out: Outgoing, at: Temporal.Instant): void => {
    if (journal.some(({ id }) => id === out.id)) amiss.push({ invariant: 'I12 handed over twice', what: out.template });
    if (saysHers(out.text)) amiss.push({ invariant: 'I10 in an SMS', what: out.template });
    for (const [code] of out.text.matchAll(/\d{4} ?\d{4}/g)) codes.add(code.replace(' ', ''));
    const known = journal.some(({ to }) => to === out.to);
    const since = at.subtract({ minutes: BLOCK_MINUTES });
    const block = new Set(
      journal
        .filter(
          ({ to, at: then }) => to.slice(0, -3) === out.to.slice(0, -3) && Temporal.Instant.compare(then, since) > 0,
        )
        .map(({ to }) => to),
    );
    if (!known && block.size >= BLOCK_IN_MINUTES)
      amiss.push({ invariant: 'I12 too many numbers of one block', what: out.template });
    journal.push({ id: out.id, to: out.to, template: out.template, at });
  };

  return {
    counts,
    codes,
    sms: {
      async give(out) {
        const fate = dice.draw();
        const at = await clock();
        const arrives = (minutes: number) => {
          const { to, template, text } = out;
          arrivals.push({ to, template, text, at: at.add({ seconds: Math.round(minutes * 60) }) });
        };
        if (fate < 0.04) {
          count('sms: not now');
          return { kind: 'not-now', reason: 'throttled' };
        }
        look(out, at);
        if (fate < 0.07) {
          count('sms: nobody knows');
          if (dice.chance(0.5)) arrives(dice.about(MINUTE));
          return { kind: 'unsure', reason: 'no-answer' };
        }
        if (fate < 0.13) count('sms: lost');
        else if (fate < 0.2) {
          count('sms: late');
          arrives(Math.min(LATEST_HOURS * HOUR, dice.about(8 * HOUR)));
        } else arrives(dice.about(MINUTE));
        if (fate > 0.97) {
          count('sms: twice');
          arrives(dice.about(HOUR));
        }
        return { kind: 'taken', gateway_ids: [out.id] };
      },
    },
    inbox: (mobile, now) => {
      const to = `+91${mobile.replace('+91', '')}`;
      return arrivals
        .filter((one) => one.to === to && Temporal.Instant.compare(one.at, now) <= 0)
        .sort((one, other) => Temporal.Instant.compare(one.at, other.at));
    },
    amiss: () => amiss.splice(0),
  };
}
