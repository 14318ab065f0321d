// A promised call for tests: a woman's contact sealed, the promise made in her hours, her SMS read from the practice gateway.
import { act, house, newId } from '#foundation';
import { promiseCall } from '#callback';
import type { Window } from '#notify';
import { postsOf } from '#posts';
import { sealNewCase } from '#sealed-identity';
import type { TestHouse } from './house.ts';

export type PromisedCall = {
  id: string;
  file: string;
  mobile: string;
  phrase: { hi: string; en: string };
  due_at: Temporal.Instant;
};
type Wishes = {
  windows?: Window[];
  no_contact?: boolean;
  language?: 'hi' | 'en';
  urgent?: boolean;
  code_word?: string;
};

const KANPUR = 'in.up.kanpur_nagar';
let nth = 0;

/** Makes a promise as filing does, without the file. */
export async function promised(at: TestHouse, wishes: Wishes = {}): Promise<PromisedCall> {
  const { windows = [{ from: '10:00', to: '17:00' }], no_contact = false, language = 'hi', urgent = false } = wishes;
  const { code_word } = wishes;
  const file = newId();
  // of another thousand each: many numbers of one block in a short time would wait
  const mobile = `+91${9_876_500_000 + ++nth * 1001}`;
  const made = await act(house(), 'callback.practise', async (h) => {
    const [desk] = await postsOf(h, KANPUR, 'callback-desk');
    if (!desk) throw new Error('no call-back desk');
    const modes = no_contact ? ['no_contact'] : ['call', 'sms'];
    await sealNewCase(h, file, {
      contact: {
        mobile,
        mobile_shared: false,
        phone_watched: false,
        modes,
        windows,
        voicemail: false,
        code_word,
        languages: [language],
      },
    });
    return promiseCall(h, { file, desk, filed_at: h.now, windows, no_contact, language, mobile, urgent });
  });
  const [row] = await at.sql<{ id: string }>('select id from callback.promise where file = $1', [file]);
  if (!row) throw new Error('no promise was written');
  return { id: row.id, file, mobile, phrase: made.phrase, due_at: made.due_at };
}

/** The codes that have gone out to a number, oldest first: eight digits each. */
export async function codesSentTo(at: TestHouse, mobile: string): Promise<string[]> {
  await at.jobs();
  const rows = await at.sql<{ text: string }>(
    "select text from notify.sandbox_sent where recipient = $1 and template = 'call-code' order by at, id",
    [mobile],
  );
  return rows.map(
    ({ text }) =>
      text
        .match(/(\d{4}) (\d{4})/)
        ?.slice(1)
        .join('') ?? 'no code in it',
  );
}

/** Another code than the given one. */
export const wrong = (code: string): string => String((Number(code) + 1) % 100_000_000).padStart(8, '0');
