// The papers of a file: what may be issued and why not, what was issued; to issue, and to open her identity for sealed ones.
import { z } from 'zod';
import { newId, type Reading } from '#foundation';
import { type FileView, openIdentityOf } from '#casework';
import { issue, issueForm, onPaper, PAPER_PURPOSES } from '#documents';
import { openAgain, purposeForm } from '#sealed-identity';
import { writer } from '../../../../../words/papers/papers.ts';
import { formAction } from '../../../../form-action.ts';
import { once } from '../../../once.ts';
import { signedIn } from '../../../signed-in.ts';
import { fileOf } from '../reading.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

// which of a purpose's openings show her name: all but the one for a call-back
async function openUntil(r: Reading, file: FileView): Promise<Temporal.Instant | null> {
  const opened = await openAgain(r, file.file);
  return opened && opened.purpose !== 'call-back' ? opened.until : null;
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const { file, also } = await fileOf({ staff, number, request_id: event.locals.request_id }, async (r, seen) => ({
    ...(await onPaper(r, seen)),
    open_until: await openUntil(r, seen),
  }));
  const sealed = event.url.searchParams.has('sealed');
  return {
    number,
    fir: file.fir,
    state: file.state,
    ...also,
    purposes: PAPER_PURPOSES,
    form_id: newId(),
    // led here from a sealed paper that could not be handed out
    refused: sealed && !also.open_until ? 'needs-opening' : null,
    done: event.url.searchParams.get('done')?.match(/^\d{4}\/\d{4,}(?: \d{4}\/\d{4,})?$/)?.[0] ?? null,
  };
};

const here = (event: RequestEvent) => `/file/${event.params.number}/documents`;
const issuing = z.intersection(z.object({ form_id: z.uuid('not-understood') }), issueForm);

export const actions: Actions = {
  issue: formAction(
    issuing,
    'documents.issue-paper',
    async (a, form, event: RequestEvent) => {
      const { number } = event.params;
      const press = {
        write: writer(`${event.url.host}/verify`),
        verify_at: `${event.url.origin}/verify`,
        specimen: event.locals.mode === 'sandbox',
      };
      const made = await once(
        a,
        form,
        event.url.pathname,
        () => issue(a, number, form, press),
        async () => [],
      );
      return made.map(({ reference }) => reference).join(' ');
    },
    (numbers, event) => (numbers ? `${here(event)}?done=${encodeURIComponent(numbers)}` : here(event)),
  ),
  open: formAction(
    purposeForm,
    'identity.open-file',
    (a, { purpose }, event: RequestEvent) => openIdentityOf(a, event.params.number, purpose),
    (_opened, event) => `${here(event)}#issued`,
  ),
};
