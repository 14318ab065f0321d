// The tables of the exchange, as the database has them.
import type { Selectable } from 'kysely';

export type At = Temporal.Instant;
type OwnKeyTable = {
  generation: number;
  state: string;
  sign_key: Buffer;
  seal_key: Buffer;
  made_at: At;
  made_by: string;
  ended_at: At | null;
  ended_by: string | null;
};
type PeerTable = {
  id: string;
  state: string;
  address: string;
  made_at: At;
  made_by: string;
  ended_at: At | null;
  listed_at: At | null;
  next_list_at: At | null;
  trouble: string | null;
};
type PeerKeyTable = {
  id: string;
  peer: string;
  generation: number;
  sign_key: Buffer;
  seal_key: Buffer;
  proposed_at: At;
  proposed_by: string;
  proposer: string;
  confirmed_at: At | null;
  confirmed_by: string | null;
  confirmer: string | null;
  ended_at: At | null;
};
type ParcelTable = {
  id: string;
  about: string | null;
  file: string;
  to_state: string;
  kind: 'zero-fir' | 'news';
  made_at: At;
  sha256: Buffer;
  sealed_letter: Buffer | null;
  attempts: number;
  next_at: At;
  outcome: string | null;
  received_at: At | null;
  receipt: string | null;
  given_up_at: At | null;
  late_at: At | null;
};
type PartTable = {
  parcel: string;
  n: number;
  what: 'exhibit' | 'paper';
  ref: string;
  sha256: Buffer;
  size: number;
  attempts: number;
  next_at: At;
  outcome: string | null;
  received_at: At | null;
  receipt: string | null;
  given_up_at: At | null;
};
export type ArrivedTable = {
  id: string;
  from_state: string;
  kind: 'zero-fir' | 'news';
  file: string | null;
  sha256: Buffer;
  came_at: At;
  receipt: string;
};
type ArrivedPartTable = {
  parcel: string;
  n: number;
  what: 'exhibit' | 'paper';
  sha256: Buffer;
  size: number;
  told: object;
  sealed_told: Buffer | null;
  came_at: At | null;
  receipt: string | null;
};
declare module '#foundation' {
  interface Database {
    'exchange.own_key': OwnKeyTable;
    'exchange.peer': PeerTable;
    'exchange.peer_key': PeerKeyTable;
    'exchange.parcel': ParcelTable;
    'exchange.part': PartTable;
    'exchange.arrived': ArrivedTable;
    'exchange.arrived_part': ArrivedPartTable;
    'exchange.envelope': { mac: Buffer; at: At };
  }
}
export type OwnKey = Selectable<OwnKeyTable>;
export type Peer = Selectable<PeerTable>;
export type PeerKey = Selectable<PeerKeyTable>;
export type Parcel = Selectable<ParcelTable>;
export type Part = Selectable<PartTable>;
export type ArrivedPart = Selectable<ArrivedPartTable>;
