// What the bar of the two hydrated pages shows: the post, its officer, that it is practice.
import { read } from '#foundation';
import { findHolder, postName, readPost } from '#posts';
import { words } from '#words';

type Officer = NonNullable<App.Locals['staff']>;

/** The bar's words, as plain text: a hydrated page carries no catalogue of words. */
export async function nightFrame(staff: Officer, { lang, mode, request_id }: App.Locals) {
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
  };
}
