// The house could not keep what she typed, or could not even be asked who she is: the same screen again, with all of it in its fields.
import type { RequestEvent } from '@sveltejs/kit';
import { istDay } from '../../words/format.ts';
import { emptyPage, readAnswers } from './answers.ts';
import { screenView } from './screen-view.ts';
import { SCREENS } from './screens.ts';
import type { View } from './views.ts';

/** Requests whose texts were not kept, and what the page shows instead. */
export const unkept = new WeakMap<Request, View>();

/**
 * The screen as she sent it; for the last one, that it was not sent. Nothing is asked of the house: what is not on this screen is in her draft and comes back with it.
 * @param event the request
 * @param pressed the button
 * @param sent the form as sent
 * @returns undefined where nothing was typed
 */
export function sentAgain({ locals }: RequestEvent, pressed: string, sent: FormData): View | undefined {
  const last = sent.get('screen') === 'check' && pressed === 'save';
  if (last || pressed === 'send' || pressed === 'send-again')
    return { at: 'not-sent', resume: '', request: locals.request_id };
  const screen = SCREENS.find(({ id }) => id === sent.get('screen'));
  if (!screen || screen.id === 'check' || screen.fields.length === 0) return undefined;
  const answers = readAnswers(screen, sent);
  const page = screen.id === 'person' ? { ...emptyPage(), people: [answers], person: 0 } : { ...emptyPage(), answers };
  const known = { today: istDay(Temporal.Now.instant()), places: { districts: [], stations: [] }, spoken: 0 };
  const shown = { ...screenView(locals.lang, screen.id, page, known), back: screen.id !== 'danger' };
  return { at: 'screen', screen: shown, told: 'not-kept' };
}
