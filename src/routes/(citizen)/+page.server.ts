// Her neutral address: one reading, one action. Every press is a POST that ends in a redirect to the same address, or in 422 with
// everything she typed.
import { fail, redirect } from '@sveltejs/kit';
import { faultOf, log, Refusal } from '#foundation';
import { helplines } from '#law';
import { HERS, dropHers } from '../cookies.ts';
import { formOf } from '../form-fields.ts';
import { hasFile } from '../form-with-file.ts';
import { statusOf } from '../refusal-status.ts';
import { unsent } from '../unsent.ts';
import type { Actions, PageServerLoad } from './$types';
import { addFile } from './add-file.ts';
import { changeLanguage, DOOR_DEEDS, type Press } from './door-deeds.ts';
import { FILE_DEEDS, leadTo } from './file-deeds.ts';
import { FORM_DEEDS } from './form-deeds.ts';
import { herPageOf } from './her-pages.ts';
import { type Outcome, refusalOutcome, refusedBehind, typedBehind } from './outcomes.ts';
import { standing, viewOf } from './state.ts';
import { sentAgain, unkept } from './unkept.ts';
import { dropView, type Kept, readView, setView } from './view-cookie.ts';
import type { View } from './views.ts';
import { words } from '#words';

/** Whom to call, from the verified rows only; hers first. */
const CALL = ['1090', '181', '1098', '15100', '14416'];

export const load: PageServerLoad = async ({ locals, cookies, request }) => {
  const kept = readView(cookies);
  const again = unkept.get(request);
  if (again) return unsent({ view: again, numbers: [], inForm: again.at === 'screen' });
  // a cookie that answers to no session: it idled out while she was away
  const over = cookies.get(HERS) !== undefined && locals.citizen.secret === null;
  if (over) dropHers(cookies);
  const view: View = await viewOf(locals, over ? { told: 'over' } : kept);
  if (kept.told && kept.shown) setView(cookies, said(kept));
  else if (kept.told) dropView(cookies);
  const numbers = CALL.flatMap((number) => helplines().find((line) => line.number === number) ?? []).map((line) => ({
    number: line.number,
    name: locals.lang === 'hi' ? line.name_hi : line.name_en,
  }));
  return unsent({ view, numbers, inForm: ['screen', 'people', 'check'].includes(view.at) });
};

export const actions: Actions = {
  default: async (event) => {
    const outcome = hasFile(event.request) ? await addFile(event) : await pressed(event);
    if (outcome.view === null) dropView(event.cookies);
    else if (outcome.view) setView(event.cookies, outcome.view);
    if (outcome.errors) return fail(outcome.status ?? 422, { errors: outcome.errors, typed: outcome.typed ?? {} });
    if (outcome.typed) return { errors: [], typed: outcome.typed };
    redirect(303, '/');
  },
};

type Event = Parameters<NonNullable<Actions['default']>>[0];

/** What a table has under a button's name: what every object has besides is no deed. */
const deedOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

async function pressed(event: Event): Promise<Outcome> {
  const sent = await formOf(event.request);
  return answer(event, String(sent.get('do') ?? ''), sent);
}

/** Finds the deed for a button and does it. Without a session only the doors answer; everything else leads home. */
async function answer(event: Event, wanted: string, sent: FormData): Promise<Outcome> {
  const { locals } = event;
  const [name = '', rest = ''] = cut(wanted);
  try {
    if (locals.unasked) throw locals.unasked;
    const press = { event, sent, rest, kept: readView(event.cookies) };
    const door = deedOf(DOOR_DEEDS, name);
    if (door) return await door(press);
    const open = await behindTheGate(press, name);
    if (open) return open;
    const deed = deedOf(FORM_DEEDS, name);
    const stands = deed && (await standing(locals.citizen, locals.request_id));
    if (deed && stands?.for === 'draft') return await deed({ event, sent, rest, draft: stands.draft, now: stands.now });
    return name === 'lang' ? await changeLanguage(press) : {};
  } catch (error) {
    if (!(error instanceof Refusal)) return notKept(event, name, sent, error);
    log.info({ request: locals.request_id, refusal: error.code, ...faultOf(error) }, 'refused');
    const refused = deedOf(FILE_DEEDS, name) ? refusedBehind : refusalOutcome;
    return { ...refused(locals.lang, error, sent), status: statusOf(error.code) };
  }
}

/** A sentence is said once; the gate stays passed. */
function said({ told: _told, once: _once, ...kept }: Kept): Kept {
  return kept;
}

/** What she does behind the gate: another page of her file, or a deed of its own. Nothing where her file is not open and shown. */
async function behindTheGate(press: Press, name: string): Promise<Outcome | undefined> {
  const page = herPageOf(name);
  const deed = deedOf(FILE_DEEDS, name);
  if (!page && !deed && name !== 'see-case') return undefined;
  const file = press.event.locals.citizen.subject;
  if (!file || press.kept.shown !== file) return {};
  return deed ? deed({ ...press, file }) : leadTo({ file, kept: press.kept }, page);
}

/** The house failed in the middle of her form. What she typed is shown to her again; where she typed nothing, it is our error page. */
function notKept(event: Event, name: string, sent: FormData, fault: unknown): Outcome {
  const { request_id, lang } = event.locals;
  if (deedOf(FILE_DEEDS, name)) {
    log.error({ request: request_id, ...faultOf(fault) }, 'not kept');
    return { errors: [{ input: 'main', text: words(lang).track.notKept }], typed: typedBehind(sent), status: 503 };
  }
  const view = deedOf(FORM_DEEDS, name) && sentAgain(event, name, sent);
  if (!view) throw fault;
  log.error({ request: request_id, ...faultOf(fault) }, 'not kept');
  unkept.set(event.request, view);
  return { errors: [], status: 503 };
}

/** “person-3” → person and 3, “choose:7” → choose and 7; “go-on” stays whole. */
function cut(wanted: string): [string, string] {
  const colon = wanted.indexOf(':');
  if (colon > 0) return [wanted.slice(0, colon), wanted.slice(colon + 1)];
  const found = /^(person|drop|change|lang|door)-(.+)$/.exec(wanted);
  return found ? [found[1] ?? '', found[2] ?? ''] : [wanted, ''];
}
