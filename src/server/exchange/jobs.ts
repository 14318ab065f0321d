// What the exchange does later: the sweep puts every parcel, part and list that is due by as a job; a job is one try, outside any transaction.
import type { Act, Jobs, Reading, Watch } from '#foundation';
import { handoversAsked, newsToTell, newsTold, raiseHandover } from '#casework';
import { LATE, LEASE, LIST_AGAIN, REMEMBERED } from './rules.ts';
import { readList, sendParcel, sendPart, writeNews, writeParcel } from './sending.ts';
import * as store from './store.ts';

declare module '#foundation' {
  interface Jobs {
    'exchange.write': { parcel: string; to_state: string };
    'exchange.send': { parcel: string };
    'exchange.send-part': { parcel: string; n: number };
    'exchange.list': { peer: string };
  }
}
const AT_ONCE = 100;

export const jobs = {
  'exchange.write': async ({ parcel, to_state }: Jobs['exchange.write']): Promise<void> => {
    await writeParcel(parcel, to_state);
    await sendParcel(parcel);
  },
  'exchange.send': ({ parcel }: Jobs['exchange.send']): Promise<void> => sendParcel(parcel),
  'exchange.send-part': ({ parcel, n }: Jobs['exchange.send-part']): Promise<void> => sendPart(parcel, n),
  'exchange.list': ({ peer }: Jobs['exchange.list']): Promise<void> => readList(peer),
};

/** Letters of handovers that a step has put in the outbox. A letter that cannot be written fails its own job, and holds up no other. */
async function write(h: Act): Promise<void> {
  const asked = await handoversAsked(h, AT_ONCE);
  const there = await store.written(
    h,
    asked.map(({ parcel }) => parcel),
  );
  for (const { parcel, to_state } of asked)
    if (!there.has(parcel))
      await h.later('exchange.write', { parcel, to_state }, undefined, `exchange.write ${parcel}`);
}

async function send(h: Act): Promise<boolean> {
  // a process that dies while it sends leaves the parcel to the next one
  const letters = await store.parcelsDue(h, AT_ONCE);
  for (const { id } of letters) {
    await store.changeParcel(h, id, { next_at: h.now.add(LEASE) });
    await h.later('exchange.send', { parcel: id });
  }
  const parts = await store.partsDue(h, AT_ONCE);
  for (const { parcel, n } of parts) {
    await store.changePart(h, parcel, n, { next_at: h.now.add(LEASE) });
    await h.later('exchange.send-part', { parcel, n });
  }
  return letters.length === AT_ONCE || parts.length === AT_ONCE;
}

// raised once to who holds the file and to the post above; the clock of the law beside it climbs on its own
async function raiseLate(h: Act): Promise<void> {
  for (const { id } of await store.parcelsLate(h, h.now.subtract(LATE))) {
    await store.changeParcel(h, id, { late_at: h.now });
    await raiseHandover(h, id, 'handover-late');
  }
}

async function tellNews(h: Act): Promise<boolean> {
  const news = await newsToTell(h, AT_ONCE);
  for (const { file, parcel, from_state, standing } of news) {
    await writeNews(h, parcel, { file, to_state: from_state, standing });
    await newsTold(h, file, standing);
  }
  return news.length === AT_ONCE;
}

export const watch: Watch = {
  name: 'exchange',
  nextAt: (r: Reading) => store.nextAt(r),
  sweep: async (h) => {
    await write(h);
    const more = await tellNews(h);
    for (const { id } of await store.listsDue(h)) {
      await store.changePeer(h, id, { next_list_at: h.now.add(LIST_AGAIN) });
      await h.later('exchange.list', { peer: id });
    }
    await raiseLate(h);
    await store.forgetEnvelopes(h, h.now.subtract(REMEMBERED));
    return (await send(h)) || more;
  },
};
