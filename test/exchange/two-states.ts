// Two States' houses and the line between them: this process is Uttar Pradesh's, another one Madhya Pradesh's.
import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openShelf } from '#evidence';
import { confirmPeerKey, exchangeOf, makeOwnKey, proposePeer } from '#exchange';
import { act } from '#foundation';
import { testHouse } from '../house.ts';
import { complaint, storyIn } from '../story.ts';
import { type Door, openDoor } from './door.ts';
import { network } from './network.ts';
import type { Asked, Said } from './other-state.ts';

const AT = '2026-02-02T10:00:00+05:30';
export const TO = 'in.mp.kanpur_nagar.east.circle_1.kotwali';
export const RAPE = [{ act: 'BNS', section: '64(1)' }];
type Question = Asked extends infer One ? (One extends { n: number } ? Omit<One, 'n'> : never) : never;
export type OwnKey = { generation: number; text: string; fingerprint: string };
/** A file as the other State's officer sees it, over the channel. */
export type There = {
  state: string;
  exhibits: { origin: string; digital: { sha256: string } }[];
  documents: { post_name: { en: string }; kind: string; names_her: boolean }[];
  steps: { step: string; why_not: string | null }[];
  clocks: { rule: string; started_at: string; due_at: string; stopped_by: string | null }[];
  arrival: { history: { steps: { step: string }[]; diary: { text: string }[]; desks: unknown[] } };
};

export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string; message?: string }) => error.code ?? error.message,
  );

/** Opens both. `introduced`: each has listed and confirmed the other already. */
export async function twoStates({ introduced = false } = {}) {
  const h = await testHouse({ at: AT });
  const story = storyIn(h);
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  const door = await openDoor();
  const waiting = new Map<number, (said: Said) => void>();
  const child = fork(path.join(import.meta.dirname, 'other-state.ts'), [AT], {
    execArgv: [],
    env: { ...process.env, ITSSO_LOG: 'silent' },
  });
  const ready = new Promise<Said>((done) => waiting.set(0, done));
  child.on('message', (message: Said) => waiting.get(message.n)?.(message));
  const line = await network(((await ready).said as Door).address);
  const back = await network(door.address);
  let asked = 0;
  function there<T>(question: Question): Promise<T> {
    asked += 1;
    const n = asked;
    return new Promise<T>((done, fail) => {
      waiting.set(n, ({ said, refused }) => (refused === undefined ? done(said as T) : fail(new Error(refused))));
      child.send({ ...question, n });
    });
  }
  const admin = () => h.as('administrator');
  const mine = async () => act(await admin(), 'exchange.look', exchangeOf);
  const list = async (key: OwnKey): Promise<void> => {
    const id = await act(await admin(), 'exchange.propose', (a) =>
      proposePeer(a, { key: key.text, address: line.address }),
    );
    await act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, key));
  };
  const now = async () => (await story.now()).toString();
  const both = async (instant: string): Promise<void> => {
    await h.at(instant);
    await there({ ask: 'at', instant });
  };
  let zero = 500;
  const send = async (number: string, to_unit = TO) =>
    story.step('verma', number, {
      step: 'zero-fir',
      to_unit,
      zero_number: String(zero++),
      year: 2026,
      recorded_at: await now(),
      sections: RAPE,
    });
  if (introduced) {
    await act(await admin(), 'exchange.make-key', makeOwnKey);
    await list(await there<OwnKey>({ ask: 'key' }));
    const [own] = (await mine()).own;
    if (own) await there({ ask: 'peer', text: own.text, fingerprint: own.fingerprint, address: back.address });
  }
  return {
    h,
    story,
    line,
    back,
    there,
    admin,
    mine,
    list,
    now,
    send,
    signed: async (form = complaint()): Promise<string> => {
      const number = await story.confirmed(form);
      await story.step('suman', number, { step: 'receive' });
      await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
      return number;
    },
    later: async (by: Temporal.DurationLike) => both((await story.now()).add(by).toString()),
    files: () =>
      there<{ number: string }[]>({
        ask: 'sql',
        text: 'select f.number from casework.file f join casework.arrival a on a.file = f.id order by a.came_at',
      }),
    close: async () => {
      child.disconnect();
      await Promise.all([line.close(), back.close(), door.close()]);
      await h.close();
    },
  };
}
