// An FIR of another area: recorded where she came, sent to the station of the area, taken into its register; the clock runs through.
import { type Act, type Reading, refuse } from '#foundation';
import { findPost, findPosts, type Named, type Post, postName, postsOf, type StationAbroad, superiorOf } from '#posts';
import { askHandover, findAbroad } from './abroad.ts';
import { type Deed, type Done, headOfStation, holder, raiseTo, refuseFault, told } from './deed.ts';
import { faultOfFir, faultOfInstant, faultOfOrder, faultOfYear } from './guards.ts';
import { moment } from './moments.ts';
import type { State } from './powers.ts';
import { entered, putOnRecord } from './registration.ts';
import * as store from './store.ts';
import { type SentRow, sentElsewhere as sentRows, sentUnder } from './transfers-store.ts';

/** Recorded here whatever the area (BNSS 173(1)), and sent on the same act. From here the two months run, and nothing restarts them. */
export const zeroFir: Deed<'zero-fir'> = async (a, file, form) => {
  refuseFault(faultOfFir(form, told(a, file)) ?? faultOfOrder(form.recorded_at, file));
  const to = await elsewhere(a, file, form.to_unit);
  const record = await putOnRecord(a, file, form);
  await moment(a, file, { moment: 'transfer-sent', at: a.now });
  const { zero_number, year } = form;
  const here = await stationHere(a, file);
  return {
    set: {
      ...record.set,
      zero_number,
      zero_year: year,
      zero_recorded_at: form.recorded_at,
      zero_station: here.unit,
      zero_station_path: here.path,
    },
    form: { zero_number, year, to_unit: form.to_unit, ...record.form },
    ...(await sent(a, file, to)),
  };
};

type There = { post: Post } | { abroad: StationAbroad };
// a station of this State, or one that another State's house has named
async function elsewhere(a: Act, file: store.File, path: string): Promise<There> {
  const abroad = await findAbroad(a, path);
  return abroad ? { abroad } : { post: await otherStation(a, file, path) };
}
// within the State the file goes at once; to another State its parcel goes, and the file waits for the receipt with the officer in charge
async function sent(a: Act, file: store.File, to: There): Promise<Pick<Done, 'desk'>> {
  if ('post' in to) return { desk: { post: to.post.id, reason: 'transferred' } };
  await askHandover(a, file, to.abroad);
  const { post } = holder(a);
  return post === file.desk_post ? {} : { desk: { post, reason: 'for-another-state' } };
}

async function otherStation(a: Act, file: store.File, path: string): Promise<Post> {
  const to = await headOfStation(a, path, 'to_unit');
  const desk = await findPost(a, file.desk_post);
  return to.id === file.desk_post || desk?.path === path ? refuse('already-there', 'to_unit') : to;
}

// a file that lies above the stations has its register at one: there it was taken down
async function stationHere(a: Act, file: store.File): Promise<{ unit: string; path: string }> {
  const desk = await findPost(a, file.desk_post);
  if (desk?.level === 'station') return desk;
  return file.station && file.station_path
    ? { unit: file.station, path: file.station_path }
    : refuse('not-at-a-station');
}

/** Taken at the station of the area: its own line of the register, its own FIR number. The clock runs from the Zero FIR. */
export const acceptTransfer: Deed<'accept-transfer'> = async (a, file, form) => {
  const recorded_at = form.recorded_at ?? a.now;
  const { fir_number, year } = form;
  const first = file.zero_recorded_at ?? refuse('not-transferred');
  refuseFault(
    faultOfInstant(recorded_at, 'recorded_at', { submitted_at: first, now: a.now }) ??
      faultOfYear({ year, recorded_at }),
  );
  await moment(a, file, { moment: 'transfer-accepted', at: a.now });
  const entry = (await entered(a, file)) ?? {};
  return {
    set: { ...entry, fir_number, fir_year: year, recorded_at },
    form: { ...entry, fir_number, year, recorded_at: recorded_at.toString() },
  };
};

/** The wrong station: back to the one that recorded it. The clocks run on; from the second time on the post above hears of it. */
export const returnTransfer: Deed<'return-transfer'> = async (a, file, { reason }) => {
  const home = file.zero_station_path ?? refuse('not-transferred');
  const [sender] = await postsOf(a, home, 'sho');
  if (!sender) refuse('no-superior');
  const before = (await store.stepsOf(a, file.id)).filter(({ step }) => step === 'return-transfer').length;
  const above = before > 0 ? await superiorOf(a, sender.id) : undefined;
  if (above) await raiseTo(a, file.id, above, { rule: 'ping-pong', due_at: a.now });
  return { form: { returned: before + 1 }, note: reason, desk: { post: sender.id, reason: 'transfer-returned' } };
};

/** On to another station. It is the same transfer: no clock begins anew. */
export const sendOn: Deed<'send-on'> = async (a, file, { to_unit, reason }) => {
  const to = await elsewhere(a, file, to_unit);
  return { form: { to_unit }, note: reason, ...(await sent(a, file, to)) };
};

/** A file that this station has recorded for another: where it stands and lies, and nothing of what is in it. */
export type Elsewhere = {
  number: string;
  zero_fir: { number: string; year: number; recorded_at: Temporal.Instant };
  state: State;
  sent_at: Temporal.Instant;
  lies_with: Named;
  unit: Named;
  since: Temporal.Instant;
  returned: number;
  due_at: Temporal.Instant | null;
  accepted: { at: Temporal.Instant; fir: string } | null;
};

/** The FIRs that the acting post's stations have recorded for others: those that wait there, and for a month those that were taken. */
export const sentElsewhere = async (r: Reading): Promise<Elsewhere[]> => named(r, await sentRows(r));

/** Those recorded here under a number, as far as their files are out of sight by now. @param year null: of any year */
export const zeroElsewhere = async (
  r: Reading,
  { number, year }: { number: number; year: number | null },
): Promise<Elsewhere[]> => named(r, await sentUnder(r, number, year));

async function named(r: Reading, rows: readonly SentRow[]): Promise<Elsewhere[]> {
  const posts = new Map((await findPosts(r, [...new Set(rows.map(({ post }) => post))])).map((p) => [p.id, p]));
  return rows.flatMap((row) => {
    const post = posts.get(row.post);
    if (!post) return [];
    return [
      {
        number: row.number,
        zero_fir: { number: row.zero_number, year: row.zero_year, recorded_at: row.zero_recorded_at },
        state: row.state,
        sent_at: row.sent_at,
        lies_with: postName(post),
        unit: { hi: post.unit_name_hi, en: post.unit_name_en },
        since: row.desk_since,
        returned: row.returned,
        due_at: row.due_at,
        accepted: row.accepted_at && { at: row.accepted_at, fir: `${row.fir_number}/${row.fir_year}` },
      },
    ];
  });
}
