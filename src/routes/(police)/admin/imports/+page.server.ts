// What came in of other systems: the files, what of them could not go in, and what nobody knows until an administrator decides it.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { batchesNow, decidePiece, decidePieceForm, waitingHere } from '#cctns';
import { read, Refusal } from '#foundation';
import { formAction } from '../../../form-action.ts';
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
    };
  } catch (refused) {
    // who is no administrator is told nothing of it, not even that it is there
    if (refused instanceof Refusal && refused.code === 'not-your-power') error(404, { message: 'not-found' });
    throw refused;
  }
};

export const actions: Actions = {
  piece: formAction(decidePieceForm, 'cctns.decide-piece', decidePiece, () => '/admin/imports?again'),
};
