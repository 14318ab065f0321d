// The file: read it, open the sealed identity with a purpose, close it, write in the diary.
import { z } from 'zod';
import { act, newId, type Reading, Refusal } from '#foundation';
import {
  DESK_KINDS,
  draftOf,
  type FileView,
  forgetDraft,
  keepDraft,
  openIdentityOf,
  placeOnDesk,
  readFile,
  type StepForm,
  stepForm,
  takeStep,
} from '#casework';
import { addVoice, voicesOf } from '#evidence';
import { hearingPast } from '#hearing';
import { findUnit } from '#posts';
import { askToOpen, closeOpening, openAgain, purposeForm, PURPOSES } from '#sealed-identity';
import { formAction } from '../../../form-action.ts';
import { once } from '../../once.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { fileOf } from './reading.ts';

async function alsoOf(r: Reading, file: FileView, number: string, kind: string) {
  const hasDesk = (DESK_KINDS as readonly string[]).includes(kind);
  return {
    opened: await openedOf(r, file),
    place: hasDesk ? ((await placeOnDesk(r, number)) ?? null) : null,
    draft: (await draftOf(r, number)) ?? null,
    voices: await voicesOf(r, number),
    hearings: await hearingPast(r, file.file),
  };
}

async function openedOf(r: Reading, file: FileView) {
  const opened = await openAgain(r, file.file);
  if (!opened) return null;
  const district = opened.identity.address && (await findUnit(r, opened.identity.address.district));
  return { ...opened, district: district ? { hi: district.name_hi, en: district.name_en } : null };
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const { file, also } = await fileOf({ staff, number, request_id: event.locals.request_id }, (r, seen) =>
    alsoOf(r, seen, number, staff.post_kind),
  );
  return {
    file,
    number,
    ...also,
    purposes: PURPOSES.filter((purpose) => purpose !== 'call-back'),
    form_id: newId(),
    done: event.url.searchParams.get('done'),
  };
};

const here = (event: RequestEvent) => `/file/${event.params.number}`;
const withVoice = z.object({
  form_id: z.uuid('not-understood'),
  // the id of an upload that came in before the entry
  voice: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'upload-unknown')
    .optional(),
});
// an entry that is only spoken says so, in the words of the page it was spoken on
const diaryForm = z.preprocess(
  (sent) => {
    const told = { ...(sent as Record<string, unknown>) };
    return told.voice && !String(told.text ?? '').trim() ? { ...told, text: told.spoken } : told;
  },
  z.intersection(withVoice, stepForm),
) as z.ZodType<z.output<typeof withVoice> & StepForm>;

const writeDiary = formAction(
  diaryForm,
  'casework.diary',
  (a, form, event: RequestEvent) =>
    once(
      a,
      form,
      event.url.pathname,
      async () => {
        const { number } = event.params;
        const { diary } = await takeStep(a, number, form);
        const entry = Math.max(...diary.map((one) => one.number));
        if (form.voice) await addVoice(a, number, { entry, upload: form.voice });
        await forgetDraft(a, event.params.number);
      },
      async () => undefined,
    ),
  (_written, event) => `${here(event)}?done=diary#diary`,
);

// what could not be written is kept, in an act of its own: the refused one has left nothing behind
async function writeOrKeep(event: RequestEvent) {
  const refused = await writeDiary(event);
  const text = refused.data.values['text'];
  const actor = event.locals.staff;
  if (actor && typeof text === 'string' && text.trim() !== '')
    await act(actor, 'casework.keep-draft', (a) => keepDraft(a, event.params.number, text), {
      request_id: event.locals.request_id,
    }).catch((why: unknown) => {
      if (!(why instanceof Refusal)) throw why;
    });
  return refused;
}

export const actions: Actions = {
  open: formAction(
    purposeForm,
    'identity.open-file',
    (a, { purpose }, event: RequestEvent) => openIdentityOf(a, event.params.number, purpose),
    (_opened, event) => here(event),
  ),
  ask: formAction(
    purposeForm,
    'identity.ask-second-post',
    async (a, { purpose }, event: RequestEvent) => askToOpen(a, (await readFile(a, event.params.number)).file, purpose),
    (_asked, event) => `${here(event)}?done=asked`,
  ),
  close: formAction(
    z.object({ file: z.uuid('not-found') }),
    'identity.close',
    (a, { file }, _event: RequestEvent) => closeOpening(a, file),
    (_closed, event) => here(event),
  ),
  diary: writeOrKeep,
  keep: formAction(
    z.object({ text: z.string().max(20_000, 'too-long').default('') }),
    'casework.keep-draft',
    (a, { text }, event: RequestEvent) => keepDraft(a, event.params.number, text),
    (_kept, event) => `${here(event)}?done=kept#diary`,
  ),
  forget: formAction(
    z.object({}),
    'casework.forget-draft',
    (a, _form, event: RequestEvent) => forgetDraft(a, event.params.number),
    (_gone, event) => `${here(event)}?done=forgot#diary`,
  ),
};
