// A web process as far as filing goes, in a process of its own: takes complaints one after the other, says which it has acknowledged, and when
// it is told to end, takes no more, finishes what it has begun and ends.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { fileComplaint } from '#casework';
import { act, closeDatabase, enrolHouse, nobody, openDatabase, openKeys, openSecrets } from '#foundation';
import { complaintForm } from '#intake';
import { someComplaint } from '../e2e/complaint.ts';

/** `at`: milliseconds of the machine's clock, the same in every process. */
export type Acknowledged = { form: string; receipt: string; at: number; tries: number };

const AT_ONCE = 2;
const [host = '', port = '', database = '', keys = ''] = process.argv.slice(2);
const to = { host, port: Number(port), database };
openKeys({ folder: keys });
const owner = new pg.Client({ ...to, user: 'postgres' });
await owner.connect();
await enrolHouse(owner);
await openSecrets(owner);
await owner.end();
openDatabase(to, AT_ONCE);

let draining = false;
process.once('SIGTERM', () => {
  draining = true;
});
async function sender(): Promise<void> {
  while (!draining) {
    const form = complaintForm.parse(someComplaint({ form_id: randomUUID() }));
    // whoever gets no answer sends the same again, as her page does
    for (let tries = 1; ; tries++) {
      const receipt = await act(nobody, 'intake.file', (a) => fileComplaint(a, form)).then(
        (filed) => filed.receipt,
        () => undefined,
      );
      if (receipt === undefined) continue;
      process.send?.({
        form: form.form_id,
        receipt,
        at: performance.timeOrigin + performance.now(),
        tries,
      } satisfies Acknowledged);
      break;
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, sender));
await closeDatabase();
process.disconnect?.();
