// What both pages that add an exhibit show: the case, why not, and what waits for a report.
import { newId } from '#foundation';
import { evidenceOf } from '#evidence';
import { typedNow } from '../../../day-and-hour.ts';
import { fileOf } from '../reading.ts';

/** Reads a case for a form that adds to its evidence. @throws 404 outside this post's sight */
export async function toAddTo(asked: Parameters<typeof fileOf>[0]) {
  const { file, also } = await fileOf(asked, (r) => evidenceOf(r, asked.number));
  return {
    number: asked.number,
    fir: file.fir,
    why_not: also.why_not_add,
    awaited: also.awaited.fsl.map(({ number }) => number),
    form_id: newId(),
    now: typedNow(file.as_of),
  };
}
