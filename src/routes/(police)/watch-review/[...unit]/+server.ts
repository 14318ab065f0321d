// The monthly review of a unit as a PDF: the same questions, the same rights, and a mark of who took it out.
import { redirect } from '@sveltejs/kit';
import { printSheet } from '#documents';
import { read, Refusal } from '#foundation';
import { watchPage } from '#oversight';
import { mustBeConfirmed, postName, readPost } from '#posts';
import { reviewPaper } from '../../../review-paper.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf, foundOr404, notFound } from '../../watch/asked.ts';
import type { RequestHandler } from './$types';

const MARK = 12;

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const month = event.url.searchParams.get('month') ?? '';
  const found = askedOf(event.params.unit, new URLSearchParams({ from: month, to: month }));
  const first = found?.asked.from;
  if (!found || !first) return notFound();
  const { lang, request_id } = event.locals;
  try {
    const mark = request_id.slice(-MARK);
    const by = await read(
      staff,
      'oversight.export',
      async (r) => {
        await mustBeConfirmed(r);
        return postName(await readPost(r, staff.post))[lang];
      },
      { note: true, request_id, detail: { mark } },
    );
    const seen = await foundOr404(() =>
      read(staff, 'oversight.watch', (r) => watchPage(r, found.asked), { as: 'watch', request_id }),
    );
    const page = `/watch/${event.params.unit}?from=${month}&to=${month}`;
    const paper = reviewPaper(seen, first, lang, { address: `${event.url.origin}${page}`, by });
    const pdf = await printSheet(paper, `${seen.unit.replaceAll('.', '-')} ${month} ${mark}`, seen.as_of);
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${seen.unit.replaceAll('.', '-')}-${month}.pdf"`,
        'cache-control': 'no-store',
      },
    });
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'confirm-yourself')
      redirect(303, `/again?to=${encodeURIComponent(event.url.pathname)}`);
    throw refused;
  }
};
