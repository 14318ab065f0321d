// What came in of other systems: the files, what of them could not go in, and what nobody knows until an administrator decides it.
import { Readable } from 'node:stream';
import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { batchesNow, decidePiece, decidePieceForm, receive, waitingHere } from '#cctns';
import { read, Refusal } from '#foundation';
import { formAction, type Refused } from '../../../form-action.ts';
import { formWithFile } from '../../../form-with-file.ts';
import { NotAForm } from '../../../multipart.ts';
import { statusOf } from '../../../refusal-status.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { request_id } = event.locals;
  const { searchParams } = event.url;
  try {
    const seen = await read(
      staff,
      'cctns.list-batches',
      async (r) => ({ batches: await batchesNow(r), waiting: await waitingHere(r) }),
      { request_id },
    );
    const batches = seen.batches.map(({ mapping: _mapping, layout: _layout, sha256: _sha, ...batch }) => batch);
    const firs = z.coerce
      .number()
      .int()
      .min(0)
      .safeParse(searchParams.get('firs') ?? undefined);
    return {
      batches,
      waiting: seen.waiting,
      went: firs.success ? firs.data : null,
      read_again: searchParams.has('again'),
      came: searchParams.has('came'),
    };
  } catch (refused) {
    // who is no administrator is told nothing of it, not even that it is there
    if (refused instanceof Refusal && refused.code === 'not-your-power') error(404, { message: 'not-found' });
    throw refused;
  }
};

export const actions: Actions = {
  // read as it arrives, as by the API: a file of FIRs is longer than any form
  receive: async (event) => {
    const actor = event.locals.staff;
    if (!actor) redirect(303, '/signin');
    const { file, rest } = await formWithFile(event);
    const no = (errors: Refused['errors'], refused: string | null) => {
      rest();
      const values: Refused['values'] = {};
      return fail(refused ? statusOf(refused) : 422, { errors, refused, values } satisfies Refused);
    };
    if (!file || file.name === '') return no([{ path: 'file', code: 'file-missing' }], null);
    try {
      const { request_id } = event.locals;
      await receive(actor, Readable.from(file.bytes), 'default', { source: 'page', name: file.name }, { request_id });
    } catch (fault) {
      if (fault instanceof NotAForm) error(400, { message: 'not-understood' });
      if (!(fault instanceof Refusal)) throw fault;
      return no([], fault.code);
    }
    redirect(303, '/admin/imports?came#files');
  },
  piece: formAction(decidePieceForm, 'cctns.decide-piece', decidePiece, () => '/admin/imports?again'),
};
