// The exchange between States: doors for their houses, opened by signatures alone; and the administrators' side of it.
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { z } from 'zod';
import {
  acceptParcel,
  acceptPart,
  confirmKeyForm,
  confirmPeerKey,
  endOwnKey,
  endPeer,
  endPeerKey,
  type Exchange,
  exchangeOf,
  makeOwnKey,
  peerForm,
  proposePeer,
  stationList,
} from '#exchange';
import type { Lang } from '#words';
import { idOf } from './callbacks.ts';
import { acts, type Call, type Endpoint, endpoint } from './endpoint.ts';
import { Problem } from './problem.ts';
import { text } from './shapes.ts';
import { instant, iso, isoOrNull } from './time.ts';

const signed = z
  .object({
    text: text.meta({ description: 'JSON, as it was signed' }),
    signature: text.meta({
      description: 'Ed25519 over "itsso-exchange/1 ", what it is, a line feed and the text; base64url',
    }),
    signed_by: z.int().meta({ description: 'generation of the key' }),
  })
  .meta({ id: 'ExchangeSigned' });
const key = z.object({
  id: z.uuid(),
  generation: z.int(),
  fingerprint: text,
  proposed_at: instant,
  confirmed_at: instant.nullable(),
  ended_at: instant.nullable(),
});
const exchange = z
  .object({
    state: text.nullable(),
    own: z.array(
      z.object({ generation: z.int(), text, fingerprint: text, made_at: instant, ended_at: instant.nullable() }),
    ),
    peers: z.array(
      z.object({
        id: z.uuid(),
        state: text,
        name: text,
        address: text,
        made_at: instant,
        ended_at: instant.nullable(),
        listed_at: instant.nullable(),
        trouble: text.nullable(),
        stations: z.int(),
        waiting: z.object({ n: z.int(), since: instant }).nullable(),
        keys: z.array(key),
      }),
    ),
  })
  .meta({ id: 'Exchange' });
const present = (seen: Exchange, lang: Lang): z.input<typeof exchange> => ({
  state: seen.state,
  own: seen.own.map((one) => ({ ...one, made_at: iso(one.made_at), ended_at: isoOrNull(one.ended_at) })),
  peers: seen.peers.map((peer) => ({
    ...peer,
    name: peer.name[lang],
    made_at: iso(peer.made_at),
    ended_at: isoOrNull(peer.ended_at),
    listed_at: isoOrNull(peer.listed_at),
    waiting: peer.waiting && { n: peer.waiting.n, since: iso(peer.waiting.since) },
    keys: peer.keys.map(({ own: _own, ...one }) => ({
      ...one,
      proposed_at: iso(one.proposed_at),
      confirmed_at: isoOrNull(one.confirmed_at),
      ended_at: isoOrNull(one.ended_at),
    })),
  })),
});
const now = (call: Call<'officer'>) =>
  acts(call, 'exchange.look', async (a) => present(await exchangeOf(a), call.lang));
const bytesOf = (call: Pick<Call, 'stream'>) => {
  if (!call.stream) throw new Problem('no-body');
  return Readable.fromWeb(call.stream as WebStream<Uint8Array>);
};
const ENVELOPE = ['application/octet-stream'];

export const exchangeDoors: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/exchange/parcels',
    who: 'anyone',
    summary:
      'A letter of another State’s house: sealed to this house, signed by a key that two posts have confirmed; answered by a signed receipt, again by the same one',
    status: 200,
    streams: ENVELOPE,
    answer: signed,
    refuses: [403, 409, 413],
    answers: (call) => acceptParcel(bytesOf(call), call.request_id),
  }),
  endpoint({
    method: 'POST',
    path: '/exchange/parts',
    who: 'anyone',
    summary: 'A file or paper that a letter has announced, sealed in pieces; answered by a signed receipt',
    status: 200,
    streams: ENVELOPE,
    answer: signed,
    refuses: [403, 409, 413, 415],
    answers: (call) => acceptPart(bytesOf(call), call.request_id),
  }),
  endpoint({
    method: 'GET',
    path: '/exchange/stations',
    who: 'anyone',
    summary: 'The stations of this State, signed: where other States’ houses may send an FIR to',
    status: 200,
    answer: signed,
    // a house that takes nothing from others has no such list
    refuses: [404],
    answers: (call) => stationList(call.request_id),
  }),
  endpoint({
    method: 'GET',
    path: '/admin/peers',
    who: 'officer',
    summary: 'Houses of other States and their keys, for administrators and posts of the State',
    status: 200,
    answer: exchange,
    refuses: [403],
    answers: now,
  }),
  endpoint({
    method: 'POST',
    path: '/admin/peers',
    who: 'officer',
    summary: 'List another State’s house, or a further key of one; it counts when a second post has confirmed it',
    status: 201,
    body: peerForm,
    answer: z.object({ key: z.uuid() }),
    refuses: [403, 409],
    answers: async (call) => ({ key: await acts(call, 'exchange.propose', (a) => proposePeer(a, call.body)) }),
  }),
  endpoint({
    method: 'POST',
    path: '/admin/peers/{peer}/end',
    who: 'officer',
    summary: 'End a peer with all its keys',
    status: 200,
    answer: exchange,
    refuses: [403],
    answers: async (call) => {
      await acts(call, 'exchange.end-peer', (a) => endPeer(a, idOf(call, 'peer')));
      return now(call);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/admin/peer-keys/{key}/confirm',
    who: 'officer',
    summary: 'Confirm a key as the second post, by the fingerprint that the other house reads out',
    status: 200,
    body: confirmKeyForm,
    answer: exchange,
    refuses: [403, 409],
    answers: async (call) => {
      await acts(call, 'exchange.confirm', (a) => confirmPeerKey(a, idOf(call, 'key'), call.body));
      return now(call);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/admin/peer-keys/{key}/end',
    who: 'officer',
    summary: 'End a key of a peer: what it signs is refused from now on',
    status: 200,
    answer: exchange,
    refuses: [403],
    answers: async (call) => {
      await acts(call, 'exchange.end-key', (a) => endPeerKey(a, idOf(call, 'key')));
      return now(call);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/admin/exchange-keys',
    who: 'officer',
    summary: 'Make the next generation of this house’s own keys; the one before stays good until it is ended',
    status: 201,
    answer: exchange,
    refuses: [403, 409],
    answers: async (call) => {
      await acts(call, 'exchange.make-key', makeOwnKey);
      return now(call);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/admin/exchange-keys/{generation}/end',
    who: 'officer',
    summary: 'End one of this house’s own keys; the last one stays',
    status: 200,
    answer: exchange,
    refuses: [403, 409],
    answers: async (call) => {
      await acts(call, 'exchange.end-own-key', (a) => endOwnKey(a, Number(call.params.generation)));
      return now(call);
    },
  }),
];
