// Whose shift this is. Every officers' page asks here first; who has no shift is led to the sign-in and back again.
import { redirect } from '@sveltejs/kit';

type Officer = NonNullable<App.Locals['staff']>;
type Asked = { locals: App.Locals; url: URL };

const ID = '[0-9a-f-]{36}';
const UNIT = '(?:/[a-z0-9_]{1,60}){0,8}';
// a new page stands here too, or its test asks for it (signed-in.test.ts)
const OUR_PAGES = new RegExp(
  `^/(?:${[
    'attention|callbacks|calendar|concerns|confirm|danger|dead-letters|decoys|desk|elsewhere|enrol|law|ledger|objections|orders',
    'rapid-response(?:/(?:month\\.csv|settings))?|search|second|shifts|sos-board|summons',
    `(?:changes|posts)(?:/${ID})?|hearings/${ID}`,
    `admin/(?:clients(?:/${ID})?|imports(?:/places/[\\w%.~-]{1,200})?|keys|machines|operations|peers|retention|reviews)`,
    `watch(?:-files|-review|-signs|-table)?${UNIT}`,
    'file/\\d{12}(?:/evidence/(?:add|enter|\\d{1,6}(?:/label)?)|/[a-z-]{2,30})?',
  ].join('|')})$`,
);

/**
 * The officer whose shift this is.
 * @throws a redirect to the sign-in, which leads back to the page asked for
 */
export function signedIn({ locals, url }: Asked): Officer {
  if (!locals.staff)
    redirect(303, OUR_PAGES.test(url.pathname) ? `/signin?to=${encodeURIComponent(url.pathname)}` : '/signin');
  return locals.staff;
}

/** Where a shift at a post of this kind begins. */
export const homeOf = (kind: string): string =>
  kind === 'callback' || kind === 'callback-desk'
    ? '/callbacks'
    : kind === 'administrator'
      ? '/enrol'
      : kind === 'vehicle'
        ? '/orders'
        : kind === 'control-room'
          ? '/sos-board'
          : kind === 'auditor'
            ? '/ledger'
            : '/desk';

/** The page to go back to after signing in: one of ours by its path, or nothing. */
export const pageToReturnTo = (asked: string | null): string | undefined =>
  asked && OUR_PAGES.test(asked) ? asked : undefined;

/** The kinds of post that see calls: operators, their desk, and the posts above it that a call can come up to. */
export const SEES_CALLS: readonly string[] = [
  'callback',
  'callback-desk',
  'adcp-women',
  'cp',
  'sp',
  'state',
  'national',
];
