// The receipt page, made from what the house keeps sealed until she closes it.
import type { Lang } from '#words';
import { clockTime, fullDay, fullTime, istDay } from '../../words/format.ts';
import type { SentView } from './views.ts';

/** What the house keeps after sending; instants are ISO texts. */
export type Shown = {
  receipt: string;
  caller_phrase: string;
  mobile_masked: string;
  callback_by: string;
  sign_by: string | null;
};
/** What the receipt page says again of her own answers. */
export type HerWishes = {
  windows: { from: string; to: string }[];
  watched: boolean;
  silent: boolean;
  another: boolean;
};

const PROMISED_HOURS = 22;

/**
 * The receipt page.
 * @param lang hi or en
 * @param shown what was kept
 * @param mark the short form of what the log says of her complaint; nothing where the log cannot be asked
 * @param wishes her hours, and whether she wants no call; without them the page says less
 */
export function sentView(
  lang: Lang,
  shown: Shown,
  mark: string,
  wishes: HerWishes = { windows: [], watched: false, silent: false, another: false },
): SentView {
  const call_by = Temporal.Instant.from(shown.callback_by);
  return {
    at_text: fullTime(lang, call_by.subtract({ hours: PROMISED_HOURS })),
    receipt: shown.receipt,
    mark,
    phrase: shown.caller_phrase,
    mobile: shown.mobile_masked,
    call_by: `${fullDay(lang, istDay(call_by))}, ${clockTime(call_by)}`,
    sign_by: shown.sign_by ? fullDay(lang, istDay(Temporal.Instant.from(shown.sign_by))) : '',
    windows: wishes.windows.map(({ from, to }) => `${from}–${to}`).join(', '),
    silent: wishes.silent,
    watched: wishes.watched,
    another: wishes.another,
  };
}
