// Help by district: one list for all of them, so that nobody is asked, or noted, where she lives.
import { house, read } from '#foundation';
import { listUnits } from '#posts';
import { numbersSaid } from '../../rights/which.ts';
import type { PageServerLoad } from './$types';

const KEEP_MS = 10 * 60_000;
let kept: { at: number; rows: ReturnType<typeof districts> } | undefined;

// the open page asks the database once in ten minutes, however often it is asked itself
function districts() {
  return read(house(), 'posts.list-units', (r) =>
    listUnits(r, { levels: ['district', 'commissionerate'], under: 'in.up' }),
  );
}

export const load: PageServerLoad = async ({ locals }) => {
  const { lang } = locals;
  if (!kept || performance.now() - kept.at > KEEP_MS) kept = { at: performance.now(), rows: districts() };
  const rows = await kept.rows.catch((fault: unknown) => {
    kept = undefined;
    throw fault;
  });
  const names = (level: string) =>
    rows
      .filter((unit) => unit.level === level)
      .map((unit) => (lang === 'hi' ? unit.name_hi : unit.name_en))
      .sort(new Intl.Collator(lang).compare);
  return {
    numbers: numbersSaid(['181', '15100', '1090'], lang),
    lists: (['commissionerate', 'district'] as const).map((level) => ({ level, names: names(level) })),
  };
};
