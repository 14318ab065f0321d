// A case that evidence comes to, and the verbs of evidence in short: for the tests of that room.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  addThing,
  beginUpload,
  carryOn,
  drawId,
  evidenceOf,
  type MoveForm,
  moveExhibit,
  openShelf,
  type ThingForm,
  type UploadForm,
} from '#evidence';
import { type Actor, act, read, Refusal } from '#foundation';
import type { TestHouse } from './house.ts';
import { storyIn } from './story.ts';

export const said = (kind: UploadForm['kind'], more: Partial<UploadForm> = {}): UploadForm => ({
  kind,
  filename: 'Kanariya.bin',
  reports_on: [],
  description: undefined,
  found_where: undefined,
  found_at: undefined,
  ...more,
});
export async function* parts(of: Buffer, size = 10_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
}
export const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
export const whole = async (bytes: AsyncIterable<Buffer> | Buffer): Promise<Buffer> => {
  if (Buffer.isBuffer(bytes)) return bytes;
  const all: Buffer[] = [];
  for await (const one of bytes) all.push(one);
  return Buffer.concat(all);
};
export const thing = (more: Partial<ThingForm> = {}): ThingForm => ({
  kind: 'physical',
  description: 'Kanariya: दुपट्टा',
  reports_on: [],
  found_where: undefined,
  found_at: undefined,
  ...more,
});

/** A case received at the help desk of Kalyanpur, with a shelf of its own. */
export async function caseIn(h: TestHouse) {
  const shelf = mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-'));
  openShelf(shelf);
  const story = storyIn(h);
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  const suman = await h.as('suman');
  const begin = async (actor: Actor, size: number, form: UploadForm, of: string | null = number) => {
    const id = drawId(undefined);
    await beginUpload(actor, { id, number: of ?? undefined, size, form });
    return id;
  };
  const send = async (actor: Actor, bytes: Buffer, form: UploadForm, of: string | null = number) => {
    const id = await begin(actor, bytes.length, form, of);
    await carryOn(actor, id, 0, parts(bytes));
    return id;
  };
  const list = (actor: Actor, of = number) => read(actor, 'test.list', (r) => evidenceOf(r, of));
  const newest = async (actor: Actor = suman) => (await list(actor)).exhibits.at(-1)!;
  const add = (actor: Actor, form = thing()) => act(actor, 'evidence.add', (a) => addThing(a, number, form));
  const go = (actor: Actor, exhibit: number, form: MoveForm) =>
    act(actor, 'evidence.move', (a) => moveExhibit(a, number, exhibit, form));
  const blob = (id: string) => path.join(shelf, id.slice(0, 2), id);

  return { shelf, story, number, suman, begin, send, list, newest, add, go, blob };
}
