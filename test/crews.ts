// The six crews of the cast around one place, and what they and she do: for tests of rapid response.
import { act, type Actor, read, Refusal } from '#foundation';
import {
  alertForm,
  beginShift,
  board,
  controlForm,
  decide,
  deedForm,
  myOrders,
  press,
  type Raised,
  raise,
  takeFixes,
} from '#sos';
import type { TestHouse } from './house.ts';

/** Kalyanpur, in the west of Kanpur. */
export const HERE = { lat: 26.5, lon: 80.25 };
export const CREWS = [1, 2, 3, 4, 5, 6].map((n) => `prv-${n}`);
export const postOf = (actor: Actor): string => (actor.kind === 'officer' ? actor.post : '');
/** The code of a refusal; `done` where there was none. */
export const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e as Error)),
  );

/** @param house a function, for the house is opened in `beforeAll` */
export function crewsOf(house: () => TestHouse) {
  const posts = new Map<string, string>();
  const post = async (crew: string): Promise<string> => {
    const known = posts.get(crew) ?? postOf(await house().as(crew));
    posts.set(crew, known);
    return known;
  };
  const now = async (): Promise<Temporal.Instant> => {
    const [row] = await house().sql<{ now: string }>('select foundation.now()::text as now');
    return Temporal.Instant.from((row?.now ?? '').replace(' ', 'T'));
  };
  const order = async (crew: string) => (await read(await house().as(crew), 'sos.read-orders', myOrders))[0]!;
  const deed = async (
    crew: string,
    id: string,
    what: Parameters<typeof press>[2],
    form: Record<string, unknown> = {},
  ) => act(await house().as(crew), `sos.crew-${what}`, (a) => press(a, id, what, deedForm.parse(form)));
  /** These vehicles report, each a kilometre farther than the one before it in the cast. */
  const report = async (only: readonly string[] = CREWS): Promise<void> => {
    const at = await now();
    const fixes = await Promise.all(
      only.map(async (crew) => ({
        vehicle: await post(crew),
        lat: HERE.lat + 0.009 * (CREWS.indexOf(crew) + 1),
        lon: HERE.lon,
        at,
      })),
    );
    await takeFixes(await house().as('fleet'), { fixes });
  };
  return {
    post,
    now,
    report,
    /** The open order of a crew. */
    order,
    /** A crew presses on an order by its id. */
    deed,
    /** A crew presses on its open order. */
    pressing: async (crew: string, what: Parameters<typeof press>[2], form: Record<string, unknown> = {}) =>
      deed(crew, (await order(crew)).order, what, form),
    alarm: (more: Record<string, unknown> = {}, actor: Actor | null = null): Promise<Raised> =>
      raise(actor, alertForm.parse({ point: { ...HERE, accuracy_m: 12 }, ...more })),
    /** A vehicle stands where she is. */
    atHers: async (crew: string): Promise<void> => {
      await takeFixes(await house().as(crew), { fixes: [{ vehicle: await post(crew), ...HERE, at: await now() }] });
    },
    later: async (seconds: number): Promise<void> =>
      house().at((await now()).add({ seconds }).toString({ timeZone: 'Asia/Kolkata' })),
    /** Every open alarm is closed by a superior, and every vehicle is on duty and free. */
    clear: async (): Promise<void> => {
      const cp = await house().as('cp');
      for (const { alert } of (await read(cp, 'sos.read-board', (r) => board(r))).alerts)
        await act(cp, 'sos.close', (a) =>
          decide(a, alert, 'close', controlForm.parse({ outcome: 'not-found', reason: 'over' })),
        );
      await report();
      for (const crew of CREWS) await act(await house().as(crew), 'sos.begin-shift', (a) => beginShift(a, undefined));
    },
    /** What the control room decides. */
    deciding: async (
      alert: string,
      what: Parameters<typeof decide>[2],
      form: Record<string, unknown> = {},
      who = 'control',
    ) => act(await house().as(who), `sos.${what}`, (a) => decide(a, alert, what, controlForm.parse(form))),
  };
}
