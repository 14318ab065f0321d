// Peers and keys: houses of other States that administrators have listed, each key confirmed by two posts; and this house’s own keys.
import { type Act, asHouse, newId, note, type Reading, refuse, refuseIf } from '#foundation';
import { listAbroad, type Named, STATES_OF_INDIA, stationsAbroad } from '#posts';
import { ownKeys } from './envelope.ts';
import type { PeerForm } from './forms.ts';
import {
  type Asks,
  fingerprintOf,
  isAddress,
  keysFrom,
  keyText,
  MOST_KEYS,
  STATE,
  whyNotConfirm,
  whyNotManage,
} from './rules.ts';
import * as store from './store.ts';

export type OwnKeyFacts = {
  generation: number;
  /** the line for another house’s administrator */
  text: string;
  fingerprint: string;
  made_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
};
export type PeerKeyFacts = {
  id: string;
  generation: number;
  fingerprint: string;
  proposed_at: Temporal.Instant;
  confirmed_at: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  /** this very post or officer has proposed it: another one confirms */
  own: boolean;
};
export type PeerFacts = {
  id: string;
  state: string;
  name: Named;
  address: string;
  made_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
  listed_at: Temporal.Instant | null;
  /** a code: what went wrong when its list was read last */
  trouble: string | null;
  stations: number;
  /** parcels and parts without a receipt, and since when the oldest waits */
  waiting: { n: number; since: Temporal.Instant } | null;
  keys: PeerKeyFacts[];
};
export type Exchange = { state: string | null; own: OwnKeyFacts[]; peers: PeerFacts[]; may_propose: boolean };

const practice = (): boolean => process.env.ITSSO_MODE !== 'production';
function managing(a: Reading, asks: Asks) {
  const { actor } = a;
  refuseIf(whyNotManage(actor, asks));
  return actor.kind === 'officer' ? actor : refuse('not-your-power');
}
const publicOf = (row: Pick<store.OwnKey, 'generation' | 'sign_key' | 'seal_key'>, state: string) => ({
  state,
  generation: row.generation,
  sign_key: row.sign_key,
  seal_key: row.seal_key,
});

/** This house’s keys, its peers and theirs. @throws Refusal `not-your-power` for all but administrators and posts of the State */
export async function exchangeOf(a: Act): Promise<Exchange> {
  const who = managing(a, 'confirm');
  const own = await store.allOwnKeys(a);
  const keys = await store.keysOfPeers(a);
  const stations = await stationsAbroad(a);
  const waiting = new Map((await asHouse(a, store.waiting)).map((row) => [row.to_state, row]));
  return {
    state: own[0]?.state ?? null,
    own: own.map((row) => {
      const of = publicOf(row, row.state);
      return {
        generation: row.generation,
        text: keyText(of),
        fingerprint: fingerprintOf(of),
        made_at: row.made_at,
        ended_at: row.ended_at,
      };
    }),
    peers: (await store.peers(a)).map((peer) => {
      const { id, state, address, made_at, ended_at, listed_at, trouble } = peer;
      const left = waiting.get(state);
      return {
        id,
        state,
        name: STATES_OF_INDIA.get(state) ?? { hi: state, en: state },
        address,
        made_at,
        ended_at,
        listed_at,
        trouble,
        stations: stations.filter((one) => one.state === state).length,
        waiting: left && !ended_at ? { n: left.n, since: left.since } : null,
        keys: keys
          .filter((key) => key.peer === id)
          .map((key) => ({
            id: key.id,
            generation: key.generation,
            fingerprint: fingerprintOf(publicOf(key, state)),
            proposed_at: key.proposed_at,
            confirmed_at: key.confirmed_at,
            ended_at: key.ended_at,
            own: key.proposed_by === who.post || key.proposer === who.officer,
          })),
      };
    }),
    may_propose: whyNotManage(a.actor, 'propose') === undefined,
  };
}

/**
 * Makes the next generation of this house’s keys; the one before stays good until it is ended, so that peers can change over.
 * @returns its number
 * @throws Refusal `not-your-power`; `not-found` for an administrator of no State; `two-keys-already`
 */
export async function makeOwnKey(a: Act): Promise<number> {
  const who = managing(a, 'propose');
  const state = who.unit.split('.').slice(0, 2).join('.');
  if (!STATE.test(state)) refuse('not-found');
  return asHouse(a, async (h) => {
    await store.takeTurn(h);
    const all = await store.allOwnKeys(h);
    if (all.filter(({ ended_at }) => ended_at === null).length >= MOST_KEYS) refuse('two-keys-already');
    const of = all[0]?.state ?? state;
    const { generation, sign_key, seal_key } = ownKeys(of, (all[0]?.generation ?? 0) + 1);
    await store.addOwnKey(h, {
      generation,
      state: of,
      sign_key,
      seal_key,
      made_at: h.now,
      made_by: who.post,
      ended_at: null,
      ended_by: null,
    });
    await note(h, 'exchange.own-key', null, { generation });
    return generation;
  });
}

/** Ends one of this house’s keys: what is sealed to it opens no more. @throws Refusal `not-your-power`, `not-found`, `last-key` */
export async function endOwnKey(a: Act, generation: number): Promise<void> {
  const who = managing(a, 'propose');
  await asHouse(a, async (h) => {
    await store.takeTurn(h);
    const good = await store.ownKeys(h);
    if (!good.some((key) => key.generation === generation)) refuse('not-found');
    if (good.length < 2) refuse('last-key');
    await store.endOwnKey(h, generation, who.post);
    await note(h, 'exchange.own-key-ended', null, { generation });
  });
}

/**
 * Lists another State’s house, or a further key of one that is listed. It counts when a second post has confirmed its fingerprint.
 * @returns id of the key
 * @throws Refusal `not-your-power`; `key-not-understood`, `that-is-us`, `already-listed` about `key`; `peer-address` about `address`
 */
export async function proposePeer(a: Act, form: PeerForm): Promise<string> {
  const who = managing(a, 'propose');
  const keys = keysFrom(form.key) ?? refuse('key-not-understood', 'key');
  if (!STATES_OF_INDIA.has(keys.state)) refuse('key-not-understood', 'key');
  if (!isAddress(form.address, practice())) refuse('peer-address', 'address');
  const address = new URL(form.address).origin;
  return asHouse(a, async (h) => {
    await store.takeTurn(h);
    if (
      (await store.allOwnKeys(h))[0]?.state === keys.state ||
      who.unit.startsWith(`${keys.state}.`) ||
      who.unit === keys.state
    )
      refuse('that-is-us', 'key');
    const peer = (await store.peerOf(h, keys.state)) ?? (await begun(h, who.post, keys.state, address));
    const there = (await store.keysOfPeers(h)).filter((key) => key.peer === peer.id && key.ended_at === null);
    if (there.some((key) => key.generation === keys.generation)) refuse('already-listed', 'key');
    if (peer.address !== address) await store.changePeer(h, peer.id, { address });
    const id = newId();
    await store.addKey(h, {
      id,
      peer: peer.id,
      generation: keys.generation,
      sign_key: keys.sign_key,
      seal_key: keys.seal_key,
      proposed_at: h.now,
      proposed_by: who.post,
      proposer: who.officer,
      confirmed_at: null,
      confirmed_by: null,
      confirmer: null,
      ended_at: null,
    });
    await note(h, 'exchange.peer-proposed', null, { state: keys.state, generation: keys.generation });
    return id;
  });
}
async function begun(h: Act, made_by: string, state: string, address: string): Promise<store.Peer> {
  const row: store.Peer = {
    id: newId(),
    state,
    address,
    made_at: h.now,
    made_by,
    ended_at: null,
    listed_at: null,
    next_list_at: null,
    trouble: null,
  };
  await store.addPeer(h, row);
  return row;
}

/**
 * The second post confirms a key with the fingerprint that the other house has read out over the telephone: from now on it counts.
 * @throws Refusal `not-your-power`, `not-found`, `wrong-state`, `second-post-needed`, `fingerprint-differs`, `two-keys-already`
 */
export async function confirmPeerKey(a: Act, id: string, { fingerprint }: { fingerprint: string }): Promise<void> {
  const who = managing(a, 'confirm');
  await asHouse(a, async (h) => {
    await store.takeTurn(h);
    const key = (await store.lockKey(h, id)) ?? refuse('not-found');
    const peer = (await store.peerById(h, key.peer)) ?? refuse('not-found');
    const over = key.confirmed_at !== null || key.ended_at !== null || peer.ended_at !== null;
    const facts = { ...key, over, fingerprint: fingerprintOf(publicOf(key, peer.state)) };
    const why = whyNotConfirm(facts, who, fingerprint);
    if (why) refuse(why, 'fingerprint');
    if ((await store.goodKeys(h, peer.id)).length >= MOST_KEYS) refuse('two-keys-already');
    await store.changeKey(h, id, { confirmed_at: h.now, confirmed_by: who.post, confirmer: who.officer });
    await store.changePeer(h, peer.id, { next_list_at: h.now });
    await note(h, 'exchange.peer-confirmed', null, { state: peer.state, generation: key.generation });
  });
}

/** Ends a key of a peer: what it has signed is refused from now on. @throws Refusal `not-your-power`, `not-found` */
export async function endPeerKey(a: Act, id: string): Promise<void> {
  managing(a, 'propose');
  await asHouse(a, async (h) => {
    const key = (await store.lockKey(h, id)) ?? refuse('not-found');
    if (key.ended_at) return;
    await store.changeKey(h, id, { ended_at: h.now });
    await note(h, 'exchange.peer-key-ended', null, { generation: key.generation });
  });
}

/** Ends a peer with all its keys: nothing goes there and nothing is taken. What is on its way waits. @throws Refusal `not-your-power`, `not-found` */
export async function endPeer(a: Act, id: string): Promise<void> {
  managing(a, 'propose');
  await asHouse(a, async (h) => {
    await store.takeTurn(h);
    const peer = (await store.peerById(h, id)) ?? refuse('not-found');
    if (peer.ended_at) return;
    for (const key of (await store.keysOfPeers(h)).filter((one) => one.peer === id && one.ended_at === null))
      await store.changeKey(h, key.id, { ended_at: h.now });
    await store.changePeer(h, id, { ended_at: h.now });
    await listAbroad(h, peer.state, []);
    await note(h, 'exchange.peer-ended', null, { state: peer.state });
  });
}
