// Who may do what with a promised call, and what follows from each try.
import { describe, expect, test } from 'vitest';
import { POST_KINDS } from '#posts';
import {
  byUrgency,
  type Deed,
  dialOpensAt,
  mayDial,
  type PromiseFacts,
  promisedHours,
  type State,
  type Who,
  whyNot,
} from './rules.ts';

const at = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const NOW = at('2026-01-05T11:00');
const DAY = [{ from: '10:00', to: '17:00' }];

const savita: Who = { post: 'operator-1', officer: 'savita', post_kind: 'callback', woman: true };
const meena: Who = { post: 'operator-2', officer: 'meena', post_kind: 'callback', woman: true };
const promise = (over: Partial<PromiseFacts> = {}): PromiseFacts => ({
  filed_at: NOW.subtract({ hours: 3 }),
  attempts: 0,
  state: 'waiting',
  windows: DAY,
  no_contact: false,
  next_try_at: NOW,
  claimed_by: null,
  claimed_officer: null,
  claimed_until: null,
  connected_until: null,
  ...over,
});
const held = (who: Who, over: Partial<PromiseFacts> = {}) =>
  promise({ claimed_by: who.post, claimed_officer: who.officer, claimed_until: NOW.add({ minutes: 5 }), ...over });
const talking = (who: Who) => held(who, { connected_until: NOW.add({ minutes: 5 }) });

describe('the hours of the promise', () => {
  test('alarm at 20 hours, due at 22', () => {
    expect(promisedHours(at('2026-01-05T10:00'))).toEqual({
      alarm_at: at('2026-01-06T06:00'),
      due_at: at('2026-01-06T08:00'),
    });
  });
});

describe('why not', () => {
  const deeds: Deed[] = [
    'claim',
    'take-her-call',
    'connect',
    'attempt',
    'check-code',
    'release',
    'let-try-again',
    'confirm-at-desk',
  ];
  const states: State[] = ['waiting', 'with-superior', 'confirmed'];
  const calls = {
    free: () => promise(),
    mine: () => held(savita),
    talking: () => talking(savita),
    "another's": () => held(meena),
    over: () => held(savita, { claimed_until: NOW }),
  };
  // the whole table: deed × state × call × post × woman, and the few that are allowed
  const allowed = new Set<string>();
  for (const state of ['waiting', 'with-superior']) {
    for (const call of ['free', 'mine', 'talking', 'over'])
      for (const deed of ['claim', 'take-her-call']) allowed.add(`${deed}/${state}/${call}/callback/true`);
    for (const call of ['mine', 'talking']) {
      for (const deed of ['connect', 'attempt', 'release']) allowed.add(`${deed}/${state}/${call}/callback/true`);
      allowed.add(`release/${state}/${call}/callback/false`);
    }
    allowed.add(`check-code/${state}/talking/callback/true`);
    for (const call of Object.keys(calls)) {
      for (const kind of ['help-desk', 'io', 'sho']) allowed.add(`confirm-at-desk/${state}/${call}/${kind}/true`);
      if (state === 'waiting') continue;
      for (const kind of ['callback-desk', 'sho', 'acp', 'adcp-women', 'dcp', 'cp', 'sp', 'state', 'national'])
        for (const woman of [true, false]) allowed.add(`let-try-again/${state}/${call}/${kind}/${woman}`);
    }
  }
  const everything = deeds.flatMap((deed) =>
    states.flatMap((state) =>
      Object.entries(calls).flatMap(([call, p]) =>
        POST_KINDS.flatMap((kind) => [true, false].map((woman) => ({ deed, state, call, p, kind, woman }))),
      ),
    ),
  );
  test('the whole table of deeds, states, calls and posts', () => {
    for (const { deed, state, call, p, kind, woman } of everything) {
      const reason = whyNot(deed, { ...p(), state }, { ...savita, post_kind: kind, woman }, NOW);
      expect([`${deed}/${state}/${call}/${kind}/${woman}`, reason === undefined]).toEqual([
        `${deed}/${state}/${call}/${kind}/${woman}`,
        allowed.has(`${deed}/${state}/${call}/${kind}/${woman}`),
      ]);
    }
  });

  test.each([
    ['claim', promise(), { ...savita, post_kind: 'sho' }, 'not-your-power'],
    ['claim', promise(), { ...savita, woman: false }, 'women-only'],
    ['claim', promise({ state: 'confirmed' }), savita, 'wrong-state'],
    ['claim', promise({ no_contact: true }), savita, 'no-contact'],
    ['claim', promise({ windows: [{ from: '18:00', to: '20:00' }] }), savita, 'not-callable-now'],
    ['claim', promise({ next_try_at: NOW.add({ minutes: 1 }) }), savita, 'not-callable-now'],
    ['claim', promise({ state: 'with-superior', next_try_at: null }), savita, 'not-callable-now'],
    ['claim', held(meena), savita, 'already-claimed'],
    ['claim', held({ ...savita, officer: 'her successor' }), savita, 'already-claimed'],
    ['take-her-call', promise({ no_contact: true, next_try_at: null, windows: [] }), savita, undefined],
    ['take-her-call', held(meena), savita, 'already-claimed'],
    ['connect', held(meena), savita, 'not-your-claim'],
    ['check-code', held(savita), savita, 'no-call-open'],
    ['check-code', held(savita, { connected_until: NOW }), savita, 'no-call-open'],
    ['let-try-again', promise(), { ...savita, post_kind: 'adcp-women' }, 'wrong-state'],
  ] as const)('%s: %#: says why', (deed, p, who, reason) => {
    expect(whyNot(deed, p, who, NOW)).toBe(reason);
  });

  test('nobody dials a woman who wants no contact, nor one who said no', () => {
    expect(mayDial(promise({ no_contact: true }), NOW)).toBe(false);
    expect(dialOpensAt(promise({ next_try_at: null }), NOW)).toBeNull();
    expect(dialOpensAt(promise({ next_try_at: at('2026-01-05T17:30') }), NOW)).toEqual(at('2026-01-06T10:00'));
  });

  test('an hour that a wrong clock named keeps nobody waiting; her own hours and her wish still count, and so does a try', () => {
    const filed_at = NOW.add({ hours: 13 });
    const ahead = promise({ filed_at, next_try_at: filed_at });
    expect(mayDial(ahead, NOW)).toBe(true);
    expect(dialOpensAt(ahead, NOW)).toEqual(NOW);
    expect(dialOpensAt(ahead, at('2026-01-05T18:00'))).toEqual(at('2026-01-06T10:00'));
    expect(mayDial({ ...ahead, no_contact: true }, NOW)).toBe(false);
    expect(mayDial({ ...ahead, next_try_at: null }, NOW)).toBe(false);
    const tried = { ...ahead, attempts: 1, next_try_at: NOW.add({ hours: 2 }) };
    expect(mayDial(tried, NOW)).toBe(false);
    expect(dialOpensAt(tried, NOW)).toEqual(NOW.add({ hours: 2 }));
    // two looks at one clock are no wrong clock
    expect(mayDial(promise({ filed_at: NOW.add({ seconds: 20 }), next_try_at: NOW.add({ minutes: 5 }) }), NOW)).toBe(
      false,
    );
  });
});

describe('the queue', () => {
  const row = (id: string, callable_now: boolean, urgent: boolean, hours: number, wrong_clock = false) => ({
    id,
    callable_now,
    urgent,
    wrong_clock,
    due_at: NOW.add({ hours }),
  });
  test('who can be called now, then danger, then what a wrong clock promised, then what is due first', () => {
    const rows = [
      row('f', false, true, 1),
      row('e', true, false, 9),
      row('d', true, false, 3),
      row('c', true, false, 30, true),
      row('b', true, true, 8),
      row('g', false, false, 2),
      row('a', true, true, 8),
    ];
    expect(
      rows
        .sort(byUrgency)
        .map((r) => r.id)
        .join(''),
    ).toBe('abcdefg');
  });
});
