// The exhibits of a case: what there is, where each is now, what is awaited.
import { evidenceOf } from '#evidence';
import { signedIn } from '../../../signed-in.ts';
import { fileOf } from '../reading.ts';
import type { PageServerLoad } from './$types';

const DONE = /^(file|thing)-(\d{1,6})$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const { file, also } = await fileOf({ staff, number, request_id: event.locals.request_id }, (r) =>
    evidenceOf(r, number),
  );
  const [, what, which] = DONE.exec(event.url.searchParams.get('done') ?? '') ?? [];
  return {
    number,
    fir: file.fir,
    state: file.state,
    as_of: file.as_of,
    evidence: also,
    done: what && which ? { what, number: Number(which) } : null,
  };
};
