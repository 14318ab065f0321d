// What the bar of the two hydrated pages shows: the post, its officer, that it is practice.
import { read } from '#foundation';
import { findHolder, postName, readPost } from '#posts';
import { DESK_KINDS } from '#casework';
import { words } from '#words';

type Officer = NonNullable<App.Locals['staff']>;

/** The officer's other pages from the board, each of which has all places; where one is, and the shift's end. */
function waysFrom(here: string, staff: Officer, lang: App.Locals['lang']) {
  const f = words(lang).staff.frame;
  const hasDesk = (DESK_KINDS as readonly string[]).includes(staff.post_kind);
  return {
    label: f.places,
    end_shift: f.end_shift,
    places: [
      ...(hasDesk ? [{ href: '/desk', name: f.desk }] : []),
      { href: '/attention', name: f.attention },
      { href: '/sos-board', name: f.board },
      { href: '/rapid-response', name: f.rapid },
      { href: '/status', name: words(lang).info.status.title },
      { href: '/shifts', name: f.shifts },
    ].map((place) => ({ ...place, here: place.href === here })),
  };
}

/**
 * The bar's words, as plain text: a hydrated page carries no catalogue of words.
 * @param here the page one is at, where it has ways to the officer's other pages; a crew's phone has its one page
 */
export async function nightFrame(staff: Officer, { lang, mode, request_id }: App.Locals, here?: string) {
  const { post, holder } = await read(
    staff,
    'posts.read-me',
    async (r) => ({ post: await readPost(r, staff.post), holder: await findHolder(r, staff.post) }),
    { request_id },
  );
  const f = words(lang).staff.frame;
  return {
    lang,
    other: lang === 'hi' ? ('en' as const) : ('hi' as const),
    other_name: words(lang).common.otherLanguage,
    skip: f.skip,
    practice: mode === 'sandbox' ? f.practice : null,
    post: postName(post)[lang],
    officer: holder ? `${holder.rank[lang]} ${holder.name[lang]}` : '',
    ways: here ? waysFrom(here, staff, lang) : null,
  };
}
