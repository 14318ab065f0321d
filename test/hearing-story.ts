// An appointment told through the doors: a file with its woman help desk and herself, offered, chosen, its room open.
import { type Actor, act, newId, Refusal } from '#foundation';
import { chooseForm, chooseTime, join, offerForm, offerHearing, talk, talkForm } from '#hearing';
import type { TestHouse } from './house.ts';
import { complaint, storyIn } from './story.ts';

/** Her hours in these stories. */
export const HOURS = [{ from: '08:00', to: '23:30' }];

/** What came of it: `done`, or the code of the refusal. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

/** The verbs of an appointment in one house. */
export function hearingIn(h: TestHouse) {
  const story = storyIn(h);
  const deed = async <T>(who: string | Actor, work: Parameters<typeof act<T>>[2]): Promise<T> =>
    act(typeof who === 'string' ? await h.as(who) : who, 'test.deed', work);
  /** A file with its woman help desk, and herself. */
  async function withDesk(over: Record<string, unknown> = {}) {
    const form = complaint({
      safe_contact: { modes: ['call', 'sms'], windows: HOURS, voicemail: false },
      ...over,
    });
    const filed = await story.file(form);
    const number = (await story.call(form)).complaint_number ?? '';
    await story.step('suman', number, { step: 'receive' });
    return { form, number, her: () => story.herself(filed), file: await story.idOf(form) };
  }
  /** Times from half an hour ahead on. */
  const times = async (n = 2): Promise<string[]> => {
    const now = (await story.now()).round('minute');
    return Array.from({ length: n }, (_, i) => now.add({ minutes: 30 * (i + 1) }).toString());
  };
  const offer = async (number: string, over: Record<string, unknown> = {}, who = 'suman') =>
    deed(who, async (a) =>
      offerHearing(a, number, offerForm.parse({ kind: 'video', about: 'statement', times: await times(), ...over })),
    );
  const choose = (her: Actor, id: string, time = 1, over: object = {}) =>
    deed(her, (a) => chooseTime(a, id, chooseForm.parse({ time, ...over })));
  const say = (actor: Actor, form: object, pass?: string) =>
    talk(actor, pass === undefined ? {} : { pass }, talkForm.parse(form), newId());
  const sit = (who: string | Actor, asking: { hearing: string } | { pass: string }) =>
    deed(who, (a) => join(a, asking));
  /** To within ten minutes of a time half an hour ahead: its room is open. */
  const untilRoom = async () => h.at((await story.now()).add({ minutes: 20 }).toString());
  /** An appointment whose room is open. */
  async function inRoom(over: Record<string, unknown> = {}) {
    const it = await withDesk(over);
    const id = await offer(it.number);
    await choose(await it.her(), id);
    await untilRoom();
    return { ...it, id };
  }
  return { story, deed, withDesk, times, offer, choose, say, sit, untilRoom, inRoom };
}
