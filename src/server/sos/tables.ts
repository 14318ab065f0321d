// The tables of rapid response, as the application knows them.
import type { Generated, Selectable } from 'kysely';
import type { Media } from '#evidence';
import type { Kind, OrderState } from './rules.ts';

export type At = Temporal.Instant;
export type AlertTable = {
  id: string;
  n: number;
  client_mac: Buffer | null;
  registration: string | null;
  caller_mac: Buffer | null;
  way: 'phone' | 'form' | 'sms' | 'drill' | 'desk';
  kind: Kind;
  drill: boolean;
  pressed_at: At;
  received_at: At;
  recorded_at: Generated<At>;
  state: 'held' | 'waiting' | 'open' | 'cancelled' | 'closed';
  unit: string;
  also: string[];
  sealed_point: Buffer | null;
  fixed_at: At | null;
  sealed_place: Buffer | null;
  wanted: number;
  short_of: 'no-place' | 'no-vehicle' | 'many-alarms' | 'many-unknown' | 'reserve' | 'programme-off' | null;
  /** so many vehicles were not asked for yet, for many without a number came at once */
  held_back: Generated<number>;
  /** when somebody stood for it */
  vouched_at: Generated<At | null>;
  at_112: At | null;
  shown_cancelled: boolean;
  /** wrong PINs so far */
  pin_tries: Generated<number>;
  /** when somebody said that 112 has been told */
  told_112_at: Generated<At | null>;
  her_word: 'here' | 'safe' | null;
  her_word_at: At | null;
  closed_at: At | null;
  outcome: string | null;
  closed_by: string | null;
  sealed_reason: Buffer | null;
  complaint: string | null;
  sees_until: At | null;
};
export type CallOutTable = {
  id: string;
  alert: string;
  vehicle: string;
  path: string;
  ordered_at: At;
  answer_by: At;
  state: OrderState;
  lead: boolean;
  match_code: string;
  distance_m: number;
  eta_s: number;
  eta_by: 'distance' | 'learnt' | 'router';
  eta_at: At;
  accepted_at: At | null;
  arrived_at: At | null;
  arrival_proof: string | null;
  ended_at: At | null;
  why: string | null;
  sealed_report: Buffer | null;
  /** null where it has not, or has asked for help since */
  reported_at: At | null;
  drill: boolean;
};
export type VehicleTable = { id: string; path: string; call_sign: string; plate: string; out_of_service: boolean };
export type ShiftTable = {
  id: string;
  vehicle: string;
  officer: string | null;
  from_at: At;
  to_at: At | null;
  begun_by: 'crew' | 'control-room' | 'fix';
  ended_by: 'crew' | 'control-room' | 'silence' | 'next' | null;
};
export type PositionTable = {
  vehicle: string;
  lat: number;
  lon: number;
  at: At;
  heard_at: At;
  speed_kmh: number | null;
  accuracy_m: number | null;
};
export type RegistrationTable = {
  id: string;
  mobile_mac: Buffer;
  language: 'hi' | 'en';
  state: 'asked' | 'confirmed' | 'ended';
  made_at: At;
  confirmed_at: At | null;
  pin_mac: Buffer | null;
  duress_mac: Buffer | null;
  home: string | null;
  sealed_emergency: Buffer | null;
  /** since when she agrees that her phone sends sound; null: she does not */
  sound_at: At | null;
};
export type CodeTable = {
  id: string;
  registration: string;
  mac: Buffer;
  made_at: At;
  until: At;
  tries: Generated<number>;
  used_at: At | null;
  /** as written when it was asked for; counts when it is confirmed */
  language: 'hi' | 'en' | null;
  home: string | null;
  sealed_emergency: Buffer | null;
};
export type FixTable = { alert: string; at: At; heard_at: At; sealed: Buffer };
export type SoundTable = {
  id: string;
  alert: string;
  /** drawn by her phone */
  piece: string;
  at: At;
  heard_at: At;
  size: number;
  media: Media;
  sha256: Buffer;
  scan: 'clean' | 'not-scanned';
  /** null: it is an exhibit of her complaint */
  sealed_key: Buffer | null;
};
export type TimerTable = {
  alert: string;
  kind: string;
  about: string;
  n: Generated<number>;
  due_at: At;
  fired_at: At | null;
  did: string | null;
};
export type EventTable = {
  alert: string;
  id: Generated<string>;
  at: At;
  recorded_at: Generated<At>;
  kind: string;
  vehicle: string | null;
  post: string | null;
  officer: string | null;
  n: number | null;
  why: string | null;
};
export type PaceTable = { area: string; hour: number; runs: number; metres: number; seconds: number };
export type WantTable = {
  kind: Kind;
  area: string;
  vehicles: number;
  reserve: number;
  unknown_share: Generated<number>;
  unknown_least: Generated<number>;
};
export type TrackTable = {
  vehicle: string;
  alert: string;
  at: At;
  lat: number;
  lon: number;
  speed_kmh: number | null;
  /** null for what came before this was written down */
  heard_at: At | null;
};

declare module '#foundation' {
  interface Database {
    'sos.alert': AlertTable;
    'sos.call_out': CallOutTable;
    'sos.vehicle': VehicleTable;
    'sos.shift': ShiftTable;
    'sos.position': PositionTable;
    'sos.registration': RegistrationTable;
    'sos.code': CodeTable;
    'sos.fix': FixTable;
    'sos.sound': SoundTable;
    'sos.timer': TimerTable;
    'sos.event': EventTable;
    'sos.pace': PaceTable;
    'sos.want': WantTable;
    'sos.track': TrackTable;
  }
}
export type Alert = Selectable<AlertTable>;
export type CallOut = Selectable<CallOutTable>;
export type VehicleRow = Selectable<VehicleTable>;
export type Shift = Selectable<ShiftTable>;
export type Registration = Selectable<RegistrationTable>;
export type EventRow = Selectable<EventTable>;
export type Sound = Selectable<SoundTable>;
export type Timer = Selectable<TimerTable>;
