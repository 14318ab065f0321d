// The cast of the practice system: the people one can sign in as, found by the post they hold.
import type { PostKind } from '#posts';

/** Ids are stable: tests, journeys and the sandbox's sign-in speak of the same people. `nth` counts posts of a kind at one unit. */
export type CastMember = { id: string; kind: string; post_kind: PostKind; unit: string; nth: number };

const KANPUR = 'in.up.kanpur_nagar';
const KALYANPUR = `${KANPUR}.west.circle_12.kalyanpur`;
const LUCKNOW_STATION = 'in.up.lucknow.sample_zone.sample_circle.sample_station';
const officer = (id: string, post_kind: PostKind, unit: string, nth = 1): CastMember => ({
  id,
  kind: post_kind,
  post_kind,
  unit,
  nth,
});

export const CAST: readonly CastMember[] = [
  officer('savita', 'callback', KANPUR, 1),
  officer('meena', 'callback', KANPUR, 2),
  officer('suman', 'help-desk', KALYANPUR),
  officer('verma', 'sho', KALYANPUR),
  officer('khan', 'io', KALYANPUR, 1),
  officer('rekha', 'io', KALYANPUR, 2),
  officer('aruna', 'sho', `${KANPUR}.east.circle_1.kotwali`),
  officer('kiran', 'help-desk', `${KANPUR}.east.circle_1.kotwali`),
  officer('singh', 'acp', `${KANPUR}.west.circle_12`),
  officer('nandini', 'adcp-women', KANPUR),
  officer('rao', 'dcp', `${KANPUR}.west`),
  officer('cp', 'cp', KANPUR),
  officer('lko-help', 'help-desk', LUCKNOW_STATION),
  officer('lko-sho', 'sho', LUCKNOW_STATION),
  officer('lko-io', 'io', LUCKNOW_STATION, 1),
  officer('lko-acp', 'acp', 'in.up.lucknow.sample_zone.sample_circle'),
  officer('state', 'state', 'in.up'),
  officer('national', 'national', 'in'),
  officer('control', 'control-room', KANPUR),
  ...['kalyanpur', 'rawatpur', 'panki'].flatMap((station, i) =>
    [1, 2].map((nth) => officer(`prv-${i * 2 + nth}`, 'vehicle', `${KANPUR}.west.circle_12.${station}`, nth)),
  ),
  officer('auditor', 'auditor', 'in.up'),
  officer('administrator', 'administrator', 'in.up'),
];

/** The machines of the sandbox and the one right each has. */
export const MACHINES = ['cctns', 'sms', 'fleet'] as const;
