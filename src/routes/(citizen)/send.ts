// Sending: the last look at everything, then one act. Pressed twice it makes one complaint; what fails is not lost.
import type { RequestEvent } from '@sveltejs/kit';
import { fileWithUploads } from '#evidence';
import { act, faultOf, log, Refusal } from '#foundation';
import { complaintForm } from '#intake';
import { type Lang, reason, words } from '#words';
import { type Page, textOf, ticksOf } from './answers.ts';
import { problemsOf } from './checks.ts';
import { compose, windowsOf } from './compose.ts';
import { heldBy } from './her-files.ts';
import { forAnother, screensFor } from './journey.ts';
import { keep } from './keep.ts';
import { type ErrorLine, type Outcome, problemText } from './outcomes.ts';
import type { FieldName } from './screens.ts';
import { type Draft, knownFor } from './state.ts';
import { unkept } from './unkept.ts';

/** The notice she agrees to: the words on the last page and on /help. A change of meaning is a new version. */
const NOTICE_VERSION = '2026-11-23';

/**
 * Sends her complaint, or says what is still to be put right.
 * @param told the draft with what is typed on the last page
 */
export async function send({
  event,
  page,
  draft,
  now,
}: {
  event: RequestEvent;
  page: Page;
  draft: Draft;
  now: Temporal.Instant;
}): Promise<Outcome> {
  const { locals } = event;
  const known = await knownFor(locals, page, now);
  const held = await heldBy(locals);
  try {
    await keep(event, { ...page, checked: true }, 'check');
  } catch (error) {
    return failed(event, draft, error);
  }
  const open = screensFor(page.answers, known.today).flatMap((screen) => problemsOf(screen, page.answers, known));
  if (open.length) {
    return {
      errors: open.map((problem) => ({ input: placeOnCheck(problem.field), text: problemText(locals.lang, problem) })),
    };
  }
  const about = { form_id: draft.form_id, language: locals.lang, notice_version: NOTICE_VERSION };
  const parsed = complaintForm.safeParse(compose(page, about, known.places, held));
  if (!parsed.success)
    return { errors: parsed.error.issues.map((issue) => lineFor(locals.lang, issue.path.join('.'), issue.message)) };
  try {
    await act(locals.citizen, 'casework.file-complaint', (a) => fileWithUploads(a, parsed.data), {
      request_id: locals.request_id,
    });
    return {
      view: {
        sent: {
          windows: windowsOf(page.answers),
          watched: textOf(page.answers, 'seen_by') === 'watched',
          silent: ticksOf(page.answers, 'modes').includes('no_contact'),
          another: forAnother(page.answers),
        },
      },
    };
  } catch (error) {
    if (error instanceof Refusal) return { errors: [lineFor(locals.lang, error.about ?? '', error.code)] };
    return failed(event, draft, error);
  }
}

/** It failed through no fault of hers: the page tells her, with the code to come back. */
function failed({ request, locals: { request_id } }: RequestEvent, { resume }: Draft, fault: unknown): Outcome {
  if (fault instanceof Refusal) throw fault;
  log.error({ request: request_id, ...faultOf(fault) }, 'not sent');
  unkept.set(request, { at: 'not-sent', resume, request: request_id });
  return { errors: [], status: 503 };
}

/** Which line of the last page stands for a field that has none of its own. */
const STANDS_FOR: Partial<Record<FieldName, string>> = {
  woman_or_girl: 'relation',
  seen_by: 'mobile',
  guardian_relation: 'name',
  guardian_name: 'name',
  born_on: 'age',
  window_from: 'windows',
  window_to: 'windows',
  station: 'station_choice',
  when_from: 'precision',
  when_to: 'precision',
  account: 'account_choice',
};
const placeOnCheck = (field: FieldName): string =>
  field === 'agreed' ? 'agreed' : `change-${STANDS_FOR[field] ?? field}`;

/** Where a path of the complaint is on the last page. */
const PLACES: readonly [path: string, field: string][] = [
  ['reporter', 'relation'],
  ['affected.woman_or_girl', 'relation'],
  ['affected.age', 'age'],
  ['affected.born_on', 'age'],
  ['affected.guardian_safe', 'guardian_safe'],
  ['affected', 'name'],
  ['mobile', 'mobile'],
  ['safe_contact.modes', 'modes'],
  ['safe_contact.windows', 'windows'],
  ['safe_contact', 'voicemail'],
  ['access', 'languages'],
  ['email', 'email'],
  ['address_now', 'district'],
  ['station', 'station_choice'],
  ['happened', 'happened'],
  ['when', 'precision'],
  ['where', 'place_type'],
  ['accused', 'people'],
  ['account', 'account_choice'],
  ['evidence', 'files'],
  ['earlier', 'earlier_made'],
  ['needs', 'needs'],
  ['agreed', 'agreed'],
];

function lineFor(lang: Lang, path: string, code: string): ErrorLine {
  const field = PLACES.find(([start]) => path === start || path.startsWith(`${start}.`))?.[1] ?? 'agreed';
  const known: unknown = (words(lang).problems as Record<string, unknown>)[code];
  const text = typeof known === 'string' ? known : reason(lang, code);
  return { input: field === 'agreed' ? 'agreed' : `change-${field}`, text };
}
