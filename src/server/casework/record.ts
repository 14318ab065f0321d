// Which rows her record of a case consists of: what she is shown with a date on her page, and what a court may ask for.
import type { Act, Reading } from '#foundation';
import { refuse } from '#foundation';
import type { Row } from '#audit';
import { myClocks } from '#deadlines';
import * as store from './store.ts';

const complaint = (id: string): Row => ({ name: 'intake.complaint', key: id });
const stay = ({ file, n }: { file: string; n: number }): Row => ({ name: 'casework.stay', key: `${file} ${n}` });

/**
 * The complaint, every stay on a desk and every clock that she sees, by her own session.
 * @throws Refusal `session-over` without an open session for a file
 */
export async function myRecord(r: Reading): Promise<Row[]> {
  const file = (await store.myFile(r)) ?? refuse('session-over');
  const clocks = await myClocks(r);
  return [
    complaint(file.id),
    ...(await store.myStays(r)).map(stay),
    ...clocks.map(({ id }): Row => ({ name: 'deadlines.deadline', key: id })),
  ];
}

/**
 * The complaint, the stays and the steps of a file, as the house, for a court.
 * @returns undefined when no file has this number
 */
export async function recordOfNumber(h: Act, number: string): Promise<{ id: string; rows: Row[] } | undefined> {
  const file = await store.findFile(h, number);
  if (!file) return undefined;
  const steps = await store.stepsOf(h, file.id);
  return {
    id: file.id,
    rows: [
      complaint(file.id),
      ...(await store.staysOf(h, file.id)).map(stay),
      ...steps.map(({ id }): Row => ({ name: 'casework.step', key: id })),
      { name: 'casework.file', key: file.id },
    ],
  };
}
