// Decoy files: the auditor asks and sees who has touched one; a second post agrees. For others the page is not there.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { read, type Reading } from '#foundation';
import { ASKS_FOR_DECOYS, askForDecoy, decideOnDecoy, decoyForm, decoysOf, endDecoy, KEEPS_DECOYS } from '#casework';
import { vocabulary } from '#intake';
import { postsBelow } from '#posts';
import { formAction } from '../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = '/decoys?done';

async function pageOf(r: Reading, unit: string, asks: boolean) {
  const decoys = await decoysOf(r);
  const stations = asks ? await postsBelow(r, unit, ['sho']) : [];
  return {
    decoys,
    stations: stations.map(({ path, unit_name_hi, unit_name_en }) => ({
      path,
      name: { hi: unit_name_hi, en: unit_name_en },
    })),
  };
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!KEEPS_DECOYS.includes(staff.post_kind)) error(404, { message: 'not-found' });
  const { lang, request_id } = event.locals;
  const asks = ASKS_FOR_DECOYS.includes(staff.post_kind);
  const seen = await read(staff, 'casework.list-decoys', (r) => pageOf(r, staff.unit, asks), { request_id });
  return {
    lang,
    ...seen,
    asks,
    categories: vocabulary.CATEGORIES,
    place_types: vocabulary.PLACE_TYPES,
    done: event.url.searchParams.has('done'),
  };
};

const which = z.object({ id: z.uuid('not-found') });
const yesOrNo = z.enum(['yes', 'no'], 'not-understood').transform((said) => said === 'yes');

export const actions: Actions = {
  ask: formAction(
    decoyForm,
    'casework.ask-decoy',
    (a, form) => askForDecoy(a, form),
    () => DONE,
  ),
  decide: formAction(
    which.extend({ agreed: yesOrNo }),
    'casework.decide-decoy',
    (a, { id, agreed }) => decideOnDecoy(a, id, agreed),
    () => DONE,
  ),
  end: formAction(
    which,
    'casework.end-decoy',
    (a, { id }) => endDecoy(a, id),
    () => DONE,
  ),
};
