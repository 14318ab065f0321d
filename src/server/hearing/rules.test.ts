// Which times may be offered, who may hear her, when a room is open, what the relay's keys are made of: no database.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HEARING_ABOUT, HEARING_STATES } from './forms.ts';
import { iceFor, openTurn, turnReady } from './ice.ts';
import {
  CLOSES_AFTER,
  type Deed,
  faultOfTimes,
  ICE_SECONDS,
  inHours,
  LASTS,
  onOffer,
  womanNeeded,
  whyNot,
} from './rules.ts';

const at = (text: string) => Temporal.Instant.from(`2026-01-${text}+05:30`);
const now = at('05T10:00');
const evening = [{ from: '18:00', to: '20:00' }];

test('all of an appointment lies in her hours, ahead, within two weeks, and no time twice', () => {
  expect(faultOfTimes([at('05T18:00'), at('06T19:30')], evening, now)).toBeUndefined();
  expect(faultOfTimes([at('05T18:00'), at('06T19:31')], evening, now)).toBe('outside-her-hours');
  expect(faultOfTimes([at('05T17:59')], evening, now)).toBe('outside-her-hours');
  expect(faultOfTimes([now], evening, now)).toBe('not-in-the-past');
  expect(faultOfTimes([at('20T18:00')], evening, now)).toBe('too-far-ahead');
  expect(faultOfTimes([at('06T18:30'), at('06T18:30')], evening, now)).toBe('same-time-twice');
  const night = [{ from: '22:00', to: '02:00' }];
  expect(faultOfTimes([at('06T23:45'), at('07T01:30')], night, now)).toBeUndefined();
  expect(faultOfTimes([at('07T01:31')], night, now)).toBe('outside-her-hours');
  // two hours she ticked that touch are one
  const noon = [
    { from: '09:00', to: '12:00' },
    { from: '12:00', to: '15:00' },
  ];
  expect(faultOfTimes([at('06T11:45')], noon, now)).toBeUndefined();
  expect(faultOfTimes([at('06T23:45')], [{ from: '00:00', to: '23:59' }], now)).toBeUndefined();
  // who gave no hours is heard by day
  expect(faultOfTimes([at('06T21:00')], [], now)).toBe('outside-her-hours');
  expect([inHours(evening, at('06T19:59')), inHours(evening, at('06T20:00'))]).toEqual([true, false]);
});

test('no time that passes has a minute outside her hours', () => {
  const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:00`);
  const windows = fc.array(fc.record({ from: hour, to: hour }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(windows, fc.integer({ min: 1, max: 13 * 24 * 60 }), (hers, ahead) => {
      fc.pre(hers.some(({ from, to }) => from !== to));
      const start = now.add({ minutes: ahead });
      const all = Array.from({ length: LASTS.minutes }, (_, m) => inHours(hers, start.add({ minutes: m })));
      expect(faultOfTimes([start], hers, now) === undefined).toBe(all.every(Boolean));
    }),
  );
});

test('a woman officer hears her where the section asks it, while no section is known, a child always, and whenever she wishes', () => {
  const listed = [{ act: 'BNS', section: '64(1)' }];
  const other = [{ act: 'IT', section: '66C' }];
  const needed = (told: Partial<Parameters<typeof womanNeeded>[0]>) =>
    womanNeeded({ about: 'statement', sections: listed, child: false, wished: false, ...told });
  expect([needed({}), needed({ sections: other }), needed({ sections: [] })]).toEqual([true, false, true]);
  expect(needed({ sections: other, child: true })).toBe(true);
  for (const about of HEARING_ABOUT) expect(needed({ about, sections: other, wished: true }), about).toBe(true);
  expect(needed({ about: 'progress' })).toBe(false);
});

test('every deed in every state: nothing after the end, no room for a phone call, none before or after its hours', () => {
  const deeds: Deed[] = ['offer-again', 'choose', 'ask-others', 'cancel', 'bring', 'join', 'call', 'write-outcome'];
  const may: Record<string, string> = {
    offered: 'offer-again choose ask-others cancel',
    asked: 'offer-again ask-others cancel',
    chosen: deeds.join(' '),
    lapsed: deeds.join(' '),
    held: '',
    'not-held': '',
    cancelled: '',
  };
  for (const state of HEARING_STATES)
    expect(
      deeds.filter((deed) => whyNot(deed, { state, kind: 'video', starts_at: now }, now) === undefined).join(' '),
      state,
    ).toBe(may[state]);
  const room = { state: 'chosen', kind: 'video', starts_at: now } as const;
  expect(whyNot('join', { ...room, kind: 'phone' }, now)).toBe('heard-by-phone');
  expect(whyNot('join', room, now.subtract({ minutes: 15, seconds: 1 }))).toBe('not-open-yet');
  expect(whyNot('join', room, now.subtract({ minutes: 15 }))).toBeUndefined();
  expect(whyNot('join', room, now.add(CLOSES_AFTER))).toBe('hearing-over');
  expect(whyNot('write-outcome', room, now.add(CLOSES_AFTER))).toBeUndefined();
});

test('on offer are the times of the last round that lie ahead', () => {
  const slot = (round: number, text: string) => ({ round, starts_at: at(text) });
  const slots = [slot(1, '06T18:00'), slot(2, '04T18:00'), slot(2, '07T18:00')];
  expect(onOffer(slots, now)).toEqual([slot(2, '07T18:00')]);
  expect(onOffer([], now)).toEqual([]);
});

test('keys of the relay: for ten minutes, as coturn checks them; without a relay production has no room', () => {
  const turn = { urls: ['turn:relay.example:3478'], secret: 'quiet', relay_only: true };
  const { iceServers, iceTransportPolicy, expires_in } = iceFor(1_000_000, turn);
  const [server] = iceServers;
  const [expiry, user] = server?.username.split(':') ?? [];
  expect([Number(expiry) - 1_000_000, expires_in, iceTransportPolicy]).toEqual([ICE_SECONDS, ICE_SECONDS, 'relay']);
  expect(ICE_SECONDS).toBeLessThanOrEqual(600);
  expect(user).toMatch(/^[\w-]{12}$/);
  expect(server?.credential).toBe(createHmac('sha1', 'quiet').update(`${expiry}:${user}`).digest('base64'));
  expect(iceFor(1, turn).iceServers[0]?.username).not.toBe(iceFor(1, turn).iceServers[0]?.username);
  expect(iceFor(1, { ...turn, relay_only: false }).iceTransportPolicy).toBe('all');
  expect(() => openTurn({ TURN_URL: 'https://x' })).toThrow('TURN_URL');
  expect(() => openTurn({ TURN_URL: 'turn:x:1' })).toThrow('TURN_SECRET');
  openTurn({ ITSSO_MODE: 'production' });
  expect(turnReady()).toBe(false);
  openTurn({ ITSSO_MODE: 'production', TURN_URL: 'turn:x:1, turns:x:2?transport=tcp', TURN_SECRET: 's' });
  expect(turnReady()).toBe(true);
  expect(iceFor(1).iceServers[0]?.urls).toEqual(['turn:x:1', 'turns:x:2?transport=tcp']);
  openTurn({});
  expect([turnReady(), iceFor(1).iceServers]).toEqual([true, []]);
});
