// The case diary in voice (BNSS 192): a spoken exhibit belongs to an entry of the post that wrote it.
import { type Act, note, type Reading, refuse, refuseIf } from '#foundation';
import { whyNotAdd } from './rules.ts';
import { readBack } from './shelf.ts';
import { soundSeconds } from './sound-length.ts';
import * as store from './store.ts';
import * as table from './store-voice.ts';
import { storedOf } from './wrapped.ts';

/** A voice of an entry: the exhibit it is, how long it is (null where the file does not say), and what it must hash to. */
export type VoiceNote = {
  entry: number;
  exhibit: number;
  seconds: number | null;
  sha256: string;
  at: Temporal.Instant;
};
// what takes longer to read than it is worth is told without its length
const MOST_READ = 64 * 1024 * 1024;

/**
 * Adds a voice to an entry of the diary.
 * @param number the complaint number, 12 digits
 * @param told the number of the entry, and the id of an upload of kind `audio` that has become an exhibit of this file
 * @returns the number of the exhibit
 * @throws Refusal `not-found`, whatever `whyNotAdd` says; `upload-unknown`, `not-a-voice` about `voice`; `no-such-entry`,
 *   `not-your-entry` about `entry`; `already-done`
 */
export async function addVoice(a: Act, number: string, told: { entry: number; upload: string }): Promise<number> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const { post, officer, post_kind: kind } = a.actor;
  const stands = await store.caseOf(a, number);
  refuseIf(whyNotAdd({ ...stands, kind }));
  const { file } = stands;
  const upload = await store.findUpload(a, told.upload);
  const exhibit = (await store.exhibitsOf(a, file)).find((one) => one.upload === told.upload);
  if (!upload || !exhibit || exhibit.post !== post) refuse('upload-unknown', 'voice');
  if (exhibit.kind !== 'audio') refuse('not-a-voice', 'voice');
  const author = (await table.entryBy(a, file, told.entry)) ?? refuse('no-such-entry', 'entry');
  if (author !== post) refuse('not-your-entry', 'entry');
  if (await table.isTaken(a, exhibit.id)) refuse('already-done');
  await table.addVoice(a, {
    exhibit: exhibit.id,
    file,
    entry: told.entry,
    seconds: await lengthOf(upload),
    at: a.now,
    post,
    officer,
  });
  await note(a, 'evidence.voice', file, { exhibit: exhibit.number, entry: told.entry });
  return exhibit.number;
}

async function lengthOf(upload: store.UploadRow): Promise<number | null> {
  if (!upload.media || upload.size > MOST_READ) return null;
  const parts: Buffer[] = [];
  for await (const bytes of readBack(await storedOf(upload))) parts.push(bytes);
  return soundSeconds(upload.media, Buffer.concat(parts));
}

/** The voices of a file's diary, by entry and then as they came. @throws Refusal `not-found` */
export async function voicesOf(r: Reading, number: string): Promise<VoiceNote[]> {
  const { file } = await store.caseOf(r, number);
  return (await table.voicesOf(r, file)).map(({ sha256, ...voice }) => ({ ...voice, sha256: sha256.toString('hex') }));
}
