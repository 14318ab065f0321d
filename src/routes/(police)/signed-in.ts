// Whose shift this is. Every officers' page asks here first; who has no shift is led to the sign-in and back again.
import { redirect } from '@sveltejs/kit';

type Officer = NonNullable<App.Locals['staff']>;
type Asked = { locals: App.Locals; url: URL };

const OUR_PAGES =
  /^\/(?:desk|orders|sos-board|callbacks|confirm|calendar|posts(?:\/[0-9a-f-]{36})?|attention|rapid-response|dead-letters|search|changes(?:\/[0-9a-f-]{36})?|law|ledger|watch(?:\/[a-z0-9_]{1,60}){0,8}|enrol|admin\/imports|admin\/keys|admin\/machines|admin\/retention|admin\/operations|shifts|second|danger|watch-signs(?:\/[a-z0-9_]{1,60}){0,8}|rapid-response\/(?:month\.csv|settings)|watch-table(?:\/[a-z0-9_]{1,60}){0,8}|admin\/clients(?:\/[0-9a-f-]{36})?|file\/\d{12}(?:\/[a-z-]{2,30})?)$/;

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
