// By the clock: she was there and nobody of the police came; what browsers said to each other is erased.
import { type Act, newId, tell, type Watch } from '#foundation';
import { chainsOf, inCharge, raise } from '#deadlines';
import { SIGNALS_LIVE } from './rules.ts';
import * as store from './store.ts';
import * as room from './store-room.ts';

/** So many appointments in one act. */
const AT_ONCE = 50;

/** Appointments to which nobody came, and signals that are old. */
export const watch: Watch = {
  name: 'hearing',
  nextAt: (r) => store.nextAt(r, SIGNALS_LIVE),
  sweep: async (h) => {
    await room.eraseSignals(h, h.now.subtract(SIGNALS_LIVE));
    const due = await store.dueNow(h, AT_ONCE);
    for (const one of due) await lapse(h, one);
    return due.length === AT_ONCE;
  },
};

// once for each time she chose: the row is left without a next look
async function lapse(h: Act, one: store.Hearing): Promise<void> {
  await store.change(h, one.id, { state: 'lapsed', due_at: null });
  await store.addEvent(h, {
    id: newId(),
    hearing: one.id,
    what: 'lapsed',
    at: h.now,
    post: null,
    officer: null,
    form: {},
    sealed_words: null,
  });
  const it = await store.caseBy(h, one.file);
  const due_at = one.due_at ?? h.now;
  const chain = it ? ((await chainsOf(h, [it.desk])).get(it.desk) ?? []) : [];
  // the post above the desk, not the desk itself
  const to = inCharge(chain.slice(1)) ?? inCharge(chain);
  if (!to) return;
  await raise(h, [
    {
      file: one.file,
      rule: 'hearing',
      stage: 'nobody-came',
      due_at,
      reason: 'nobody-came',
      to: { post: to.post, path: to.path },
    },
  ]);
  await tell(h, 'attention', to.post);
}
