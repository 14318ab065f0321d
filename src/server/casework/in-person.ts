// She comes to a desk herself, with her receipt and her code: whoever asked for no contact, or was reached by nobody.
import { z } from 'zod';
import { type Act, asHouse, keys, newId, note, refuse, refuseIf } from '#foundation';
import { CODE_LIVES, deskCodeForm, TRIES_PER_CODE, whyNotAtDesk } from '#callback';
import { findByReceipt, receiptForm } from '#intake';
import * as tries from './desk-tries.ts';
import { confirmAtDesk } from './filing.ts';
import * as store from './store.ts';

const WRONG_AN_HOUR = 10;

/** `POST /confirmations`: the sixteen digits of her receipt, the eight of her code; either script, spaces and hyphens accepted. */
export const inPersonForm = z
  .object({ receipt: receiptForm.shape.receipt, code: deskCodeForm.shape.code }, { error: 'missing' })
  .meta({ id: 'InPerson' });
export type InPersonForm = z.output<typeof inPersonForm>;

/** What came of it. `in_sight`: whether the file, now at its station, is one that this post may open. */
export type InPerson =
  | { outcome: 'confirmed'; complaint_number: string; in_sight: boolean }
  | { outcome: 'wrong-code'; tries_left: number }
  | { refused: 'too-many'; retry_after: number };

/**
 * Confirms a complaint in person: a woman officer of a help desk, an investigating officer or an SHO, of any station. Whether the
 * receipt or the code is wrong, the answer and the work are the same, and `tries_left` counts what was tried at desks on these sixteen
 * digits, so that nobody learns which receipts exist. Of the code itself a try is spent as in a call. The right pair, again, gives the
 * same number. After ten wrong pairs within an hour the post waits. A wrong pair is an answer, so that its count is kept.
 * @throws Refusal `not-your-power`, `women-only`
 */
export async function confirmInPerson(a: Act, form: InPersonForm): Promise<InPerson> {
  refuseIf(await whyNotAtDesk(a));
  const post = a.actor.kind === 'officer' ? a.actor.post : refuse('not-your-power');
  const { wait, file } = await asHouse(a, async (h) => {
    const wait = await mustWait(h, post);
    return { wait, file: wait > 0 ? undefined : await findByReceipt(h, form.receipt) };
  });
  if (wait > 0) {
    await note(a, 'file.confirm-in-person', null, { outcome: 'too-many' });
    return { refused: 'too-many', retry_after: wait };
  }
  const { complaint_number } = await confirmAtDesk(a, file?.id, { code: form.code });
  const outcome = complaint_number === undefined ? 'wrong-code' : 'confirmed';
  await note(a, 'file.confirm-in-person', file?.id ?? null, { outcome });
  if (complaint_number === undefined)
    return { outcome: 'wrong-code', tries_left: await asHouse(a, (h) => countWrong(h, post, form.receipt)) };
  return {
    outcome: 'confirmed',
    complaint_number,
    in_sight: (await store.findFile(a, complaint_number)) !== undefined,
  };
}

// Seconds until this post may try again: when the tenth wrong pair from the end is an hour old.
async function mustWait(h: Act, post: string): Promise<number> {
  // a crowd of guesses at the same moment would each find the others not counted yet
  await tries.takeTurn(h, post);
  const wrong = await tries.wrongBy(h, post, h.now.subtract({ hours: 1 }));
  const tenth = wrong.at(-WRONG_AN_HOUR);
  return tenth ? Math.max(1, Math.ceil(h.now.until(tenth.at.add({ hours: 1 })).total('seconds'))) : 0;
}

// Five tries are a code's; after them it is dead, and the next five are another's.
async function countWrong(h: Act, post: string, told: string): Promise<number> {
  const receipt = keys.mac('desk-try', told);
  await tries.addWrong(h, { id: newId(), post, receipt, at: h.now });
  const tried = await tries.wrongOn(h, receipt, h.now.subtract(CODE_LIVES));
  return (TRIES_PER_CODE - (tried % TRIES_PER_CODE)) % TRIES_PER_CODE;
}
