// What outlives the page: presses and places that wait for the network. The phone keeps which order, which deed and when; what was written with
// it, and where the vehicle was, it keeps sealed to the house, so that whoever finds the phone, or opens the page, reads none of it.
import type { Fix } from './place.ts';
import type { Press } from './presses.ts';
import { ageOf, type Stamp } from './rhythm.ts';

/** Whose page this is: what another vehicle, another officer or a shift before this one left is thrown away. */
export type Mine = { vehicle: string; officer: string; shift: string | null };
type Clocks = {
  /** both clocks of the phone, now */
  stamp: () => Stamp;
  /** the house's clock, as the page carries it on, in milliseconds */
  ours: () => number;
};
type Times = { wall: number; ours: number };
type KeptPress = Mine & Times & Pick<Press, 'id' | 'about' | 'deed'> & { sealed?: string };
type KeptPlaces = Mine & Times & { sealed: string };
/** Places of a page that is gone. */
export type Sealed = { name: string; sealed: string };

const PRESS = 'crew-press ';
const PLACES = 'crew-places ';
/** A shift is over by then, whatever the phone knows of it. */
const LONGEST_MS = 12 * 3600 * 1000;
/** As many as go in one sending, the newest. */
const MOST_PLACES = 500;

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64Of = (...parts: Uint8Array[]) =>
  btoa(parts.map((part) => Array.from(part, (byte) => String.fromCharCode(byte)).join('')).join(''));

/** Seals to the house: X25519 with a key that is drawn for this and forgotten, HKDF-SHA-256, AES-256-GCM as the house has it. */
export async function sealTo(house: string, vehicle: string, what: unknown): Promise<string> {
  const { subtle } = crypto;
  const theirs = await subtle.importKey('raw', bytesOf(house), 'X25519', false, []);
  const own = (await subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
  const drawn = new Uint8Array(await subtle.exportKey('raw', own.publicKey));
  const agreed = await subtle.deriveBits({ name: 'X25519', public: theirs }, own.privateKey, 256);
  const key = await subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: drawn, info: utf8('crew-page') },
    await subtle.importKey('raw', agreed, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = utf8(`1|crew-page|${vehicle}`);
  const body = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, utf8(JSON.stringify(what)));
  return base64Of(drawn, Uint8Array.of(1), iv, new Uint8Array(body));
}

/** Opens what this phone keeps. @param disk throws, or keeps nothing, where the browser keeps nothing: then it is as if there were none */
export function openKept(mine: () => Mine, clocks: Clocks, house: string, disk: Storage) {
  const here = crypto.randomUUID();
  const safe = new Set<string>();
  const gone = new Set<string>();
  const times = ({ wall, ours }: Times): Stamp => {
    const now = clocks.stamp();
    // by the clock of the phone and by the house's: the longer of the two, for one of them may have been set
    const age = Math.max(0, now.wall - wall, clocks.ours() - ours);
    return { watch: now.watch - age, wall: now.wall - age };
  };
  const oursAt = (at: Stamp) => clocks.ours() - ageOf(at, clocks.stamp()) * 1000;
  const timesOf = (at: Stamp): Times => ({ wall: at.wall, ours: oursAt(at) });
  function write(name: string, what: KeptPress | KeptPlaces): boolean {
    try {
      disk.setItem(name, JSON.stringify(what));
      return true;
    } catch {
      return false;
    }
  }
  function read(name: string): KeptPress | KeptPlaces | undefined {
    try {
      return JSON.parse(disk.getItem(name) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }
  const isMine = (kept: Mine & Times): boolean => {
    const { vehicle, officer, shift } = mine();
    const whose = kept.vehicle === vehicle && kept.officer === officer;
    const same = kept.shift === null || kept.shift === shift;
    return whose && same && clocks.stamp().wall - times(kept).wall < LONGEST_MS;
  };
  return {
    /** What a page before this one has left for this crew, in its order; what it left for others is gone. */
    left(): { presses: Press[]; places: Sealed[] } {
      const presses: (KeptPress & { at: Stamp })[] = [];
      const places: Sealed[] = [];
      for (const name of Object.keys(disk)) {
        if (!name.startsWith(PRESS) && !name.startsWith(PLACES)) continue;
        const kept = read(name);
        if (!kept || !isMine(kept)) disk.removeItem(name);
        else if ('deed' in kept) presses.push({ ...kept, at: times(kept) });
        else places.push({ name, sealed: kept.sealed });
      }
      for (const { id } of presses) safe.add(id);
      return {
        presses: presses
          .toSorted((a, b) => a.ours - b.ours)
          .map(({ id, about, deed, sealed, at }) => ({
            id,
            deed,
            at,
            form: {},
            ...(about ? { about } : {}),
            ...(sealed ? { sealed } : {}),
          })),
        places,
      };
    },
    /** Keeps a press until it is dropped. */
    async keep({ id, about, deed, form, at }: Press): Promise<void> {
      const kept: KeptPress = { ...mine(), ...timesOf(at), id, deed, ...(about ? { about } : {}) };
      const said = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));
      if (Object.keys(said).length > 0) {
        const sealed = await sealTo(house, kept.vehicle, said).catch(() => undefined);
        // a browser that cannot seal keeps no words
        if (!sealed || gone.has(id)) return;
        kept.sealed = sealed;
      }
      if (write(PRESS + id, kept)) safe.add(id);
    },
    /** Whether a press outlives the page. */
    isSafe: (id: string): boolean => safe.has(id),
    /** It was heard. */
    drop(id: string): void {
      gone.add(id);
      safe.delete(id);
      disk.removeItem(PRESS + id);
    },
    /** Keeps the places that wait, instead of those that waited. */
    async keepPlaces(fixes: readonly Fix[]): Promise<void> {
      const places = fixes.slice(-MOST_PLACES).map(({ taken, ...fix }) => ({ ...fix, ms: Math.round(oursAt(taken)) }));
      const sealed = places.length > 0 ? await sealTo(house, mine().vehicle, places).catch(() => undefined) : undefined;
      if (sealed) write(PLACES + here, { ...mine(), ...timesOf(clocks.stamp()), sealed });
      else disk.removeItem(PLACES + here);
    },
    /** The places of a page that is gone have arrived. */
    dropPlaces: (name: string): void => disk.removeItem(name),
  };
}
export type Keeper = ReturnType<typeof openKept>;
