// Rapid response is switched off and on by two posts, with a date and a word to every registered woman; never by one hand, never by nobody.
import { type Act, act, asHouse, house, newId, type Reading, read, refuse, refuseIf } from '#foundation';
import { sendSms } from '#notify';
import type { ProgrammeForm } from './forms.ts';
import { tellDecided } from './kept.ts';
import { maySwitch, whyNotAgree, whyNotPropose } from './programme-rules.ts';
import { districtOf } from './rules.ts';
import * as store from './store-programme.ts';

/** A change of the programme as everybody may know it. */
export type ProgrammeChange = {
  id: string;
  unit: string;
  turns: 'off' | 'on';
  state: 'proposed' | 'ahead' | 'in-force' | 'withdrawn';
  from_at: Temporal.Instant;
  reason: string;
  proposed_at: Temporal.Instant;
  agreed_at: Temporal.Instant | null;
  told: number;
  proposed: { hi: string; en: string };
  agreed: { hi: string; en: string } | null;
};

const stateOf = (row: store.PublicChange, now: Temporal.Instant): ProgrammeChange['state'] =>
  row.withdrawn_at
    ? 'withdrawn'
    : row.agreed_at === null
      ? 'proposed'
      : Temporal.Instant.compare(row.from_at, now) > 0
        ? 'ahead'
        : 'in-force';

/** Every change, the newest first: who wanted it, who agreed, from when, how many women were told. */
export const programmeChanges = (): Promise<ProgrammeChange[]> =>
  read(house(), 'sos.show-service', async (r) =>
    (await store.publicChanges(r)).map((row) => ({
      id: row.id,
      unit: row.unit,
      turns: row.turns,
      state: stateOf(row, r.now),
      from_at: row.from_at,
      reason: row.reason,
      proposed_at: row.proposed_at,
      agreed_at: row.agreed_at,
      told: row.told,
      proposed: { hi: row.proposed_hi, en: row.proposed_en },
      agreed: row.agreed_hi && row.agreed_en ? { hi: row.agreed_hi, en: row.agreed_en } : null,
    })),
  );

const officerOf = ({ actor }: Pick<Reading, 'actor'>) =>
  actor.kind === 'officer' && maySwitch(actor.post_kind) ? actor : refuse('not-your-power');

/** Whether the acting post may want the programme switched. */
export const switchesProgramme = (post_kind: string): boolean => maySwitch(post_kind);

/**
 * Wants the programme of the acting post's district switched off from a day that is a week away at least, or on again. Nothing changes until
 * a second post, held by another officer, agrees.
 * @throws Refusal `not-your-power`, `too-soon` (about from), `already-so`, `already-proposed`
 */
export async function proposeSwitch(a: Act, form: ProgrammeForm): Promise<string> {
  const { post, officer, unit } = officerOf(a);
  return asHouse(a, async (h) => {
    const district = districtOf(unit);
    await store.takeTurn(h, district);
    const facts = { off: await store.isOff(h, district), waits: (await store.openProposal(h, district)) !== undefined };
    const from_at =
      form.turns === 'on'
        ? h.now
        : (form.from_day ?? refuse('say-which-day', 'from_day')).toZonedDateTime('Asia/Kolkata').toInstant();
    refuseIf(whyNotPropose(form.turns, facts));
    if (form.turns === 'off' && whyNotAgree({ turns: 'off', from_at }, { now: h.now, same: false }) === 'too-soon')
      refuse('too-soon', 'from_day');
    const id = newId();
    await store.addChange(h, {
      id,
      unit: district,
      turns: form.turns,
      from_at,
      reason: form.reason,
      proposed_at: h.now,
      proposed_by: post,
      proposer: officer,
    });
    return id;
  });
}

/**
 * The second post agrees: from now on it is settled, every registered woman is told, and everybody sees it.
 * @throws Refusal `not-found`, `not-your-power`, `wrong-state`, `second-post-needed` where it is the same post or officer, `too-soon`
 */
export async function agreeSwitch(a: Act, id: string): Promise<void> {
  const { post, officer } = officerOf(a);
  await asHouse(a, async (h) => {
    const change = (await store.lockChange(h, id)) ?? refuse('not-found');
    if (change.agreed_at || change.withdrawn_at) return refuse('wrong-state');
    const same = change.proposed_by === post || change.proposer === officer;
    refuseIf(whyNotAgree(change, { now: h.now, same }));
    await store.agree(h, id, { post, officer, from_at: change.turns === 'on' ? h.now : change.from_at });
    await tellDecided(h, id);
    await h.later('sos.tell-registered', { change: id, after: null });
  });
}

/** Takes back what nobody has agreed to yet. @throws Refusal `not-found`, `not-your-power`, `wrong-state` */
export async function withdrawSwitch(a: Act, id: string): Promise<void> {
  const { post } = officerOf(a);
  await asHouse(a, async (h) => {
    const change = (await store.lockChange(h, id)) ?? refuse('not-found');
    if (change.agreed_at || change.withdrawn_at) return refuse('wrong-state');
    await store.withdraw(h, id, post);
  });
}

const AT_ONCE = 200;
/** Tells the next women: in their hours, without a word of what it is about. What is sent twice is sent once. */
export const tellRegistered = ({ change, after }: { change: string; after: string | null }): Promise<void> =>
  act(
    house(),
    'sos.tell-registered',
    async (h) => {
      const found = (await store.lockChange(h, change)) ?? refuse('not-found');
      const women = await store.toTell(h, found.unit, after, AT_ONCE);
      for (const { id, language } of women)
        await sendSms(h, {
          subject: id,
          purpose: `sos-programme/${change}`,
          template: 'update',
          language,
          params: {},
          n: 1,
        });
      const last = women.at(-1);
      await store.countTold(h, change, women.length, women.length < AT_ONCE);
      if (last && women.length === AT_ONCE) await h.later('sos.tell-registered', { change, after: last.id });
    },
    { subject: change },
  );
