// The house of another State: a process of its own with its own database, keys and shelf, which says over its channel what it is asked.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readFile, stepForm, takeStep } from '#casework';
import { documentsOf } from '#documents';
import { evidenceOf, openShelf } from '#evidence';
import { confirmPeerKey, endOwnKey, endPeerKey, exchangeOf, makeOwnKey, proposePeer } from '#exchange';
import { act, type Actor, read, Refusal } from '#foundation';
import { testHouse } from '../house.ts';
import { openDoor } from './door.ts';
import { officerAt } from './people.ts';
import { round } from './work.ts';

type Of<N extends string, T = object> = { n: number; ask: N } & T;
export type Asked =
  | Of<'key'>
  | Of<'peer', { text: string; address: string; fingerprint: string }>
  | Of<'end-own', { generation: number }>
  | Of<'end-peer-key', { generation: number }>
  | Of<'at', { instant: string }>
  | Of<'round'>
  | Of<'sql', { text: string; values?: unknown[] }>
  | Of<'step', { number: string; form: Record<string, unknown> }>
  | Of<'view', { number: string }>;
export type Said = { n: number; said?: unknown; refused?: string };

const [at = ''] = process.argv.slice(2);
export const MP = 'in.mp.kanpur_nagar';
const STATION = `${MP}.east.circle_1.kotwali`;
const h = await testHouse({ at });
// the same tree as everywhere, but Madhya Pradesh's
await h.sql('set session_replication_role = replica');
await h.sql("delete from posts.unit where path operator(ext.=) 'in.mp'");
for (const table of ['posts.unit', 'posts.post'])
  await h.sql(
    `update ${table} set path = case when ext.nlevel(path) = 2 then 'in.mp'::ext.ltree
     else 'in.mp'::ext.ltree operator(ext.||) ext.subpath(path, 2) end where path operator(ext.<@) 'in.up'`,
  );
await h.sql('set session_replication_role = origin');
openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
const door = await openDoor();
const people = new Map<string, Actor>();
const as = async (name: 'administrator' | 'state' | 'sho'): Promise<Actor> => {
  const there = people.get(name) ?? (await officerAt(name === 'sho' ? STATION : 'in.mp', name));
  people.set(name, there);
  return there;
};

async function answer(asked: Asked): Promise<unknown> {
  switch (asked.ask) {
    case 'key': {
      await act(await as('administrator'), 'exchange.make-key', makeOwnKey);
      const { own } = await act(await as('administrator'), 'exchange.look', exchangeOf);
      return own[0];
    }
    case 'peer': {
      const id = await act(await as('administrator'), 'exchange.propose', (a) =>
        proposePeer(a, { key: asked.text, address: asked.address }),
      );
      await act(await as('state'), 'exchange.confirm', (a) =>
        confirmPeerKey(a, id, { fingerprint: asked.fingerprint }),
      );
      return id;
    }
    case 'end-own':
      return act(await as('administrator'), 'exchange.end', (a) => endOwnKey(a, asked.generation));
    case 'end-peer-key': {
      const { peers } = await act(await as('administrator'), 'exchange.look', exchangeOf);
      const key = peers
        .flatMap(({ keys }) => keys)
        .find(({ generation, ended_at }) => generation === asked.generation && !ended_at);
      return act(await as('administrator'), 'exchange.end', (a) => endPeerKey(a, key?.id ?? ''));
    }
    case 'at':
      people.clear();
      return h.at(asked.instant);
    case 'round':
      return round(h);
    case 'sql':
      return h.sql(asked.text, asked.values);
    case 'step':
      return JSON.parse(
        JSON.stringify(
          await act(await as('sho'), 'casework.take-step', (a) =>
            takeStep(a, asked.number, stepForm.parse(asked.form)),
          ),
        ),
      );
    case 'view':
      return read(
        await as('sho'),
        'casework.view-file',
        async (r) => {
          const view = await readFile(r, asked.number);
          const { exhibits } = await evidenceOf(r, asked.number);
          return JSON.parse(JSON.stringify({ ...view, exhibits, documents: await documentsOf(r, view.file) }));
        },
        { note: 'inside' },
      );
  }
}
process.on('message', (asked: Asked) => {
  void answer(asked).then(
    (said) => process.send?.({ n: asked.n, said } satisfies Said),
    (error: unknown) =>
      process.send?.({
        n: asked.n,
        refused: error instanceof Refusal ? error.code : String((error as Error).stack),
      } satisfies Said),
  );
});
process.on('disconnect', () => {
  void h.close().finally(() => process.exit(0));
});
process.send?.({ n: 0, said: { address: door.address } } satisfies Said);
