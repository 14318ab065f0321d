// Keeping what she has typed: sealed in her draft, with the screen she stands at.
import type { RequestEvent } from '@sveltejs/kit';
import { act } from '#foundation';
import { saveDraft } from '#intake';
import type { Lang } from '#words';
import type { Page } from './answers.ts';

/** Keeps the draft, standing at a screen. */
export async function keep(event: RequestEvent, page: Page, at: string, language?: Lang): Promise<void> {
  const typed = { screen: at, values: { page }, ...(language && { language }) };
  await act(event.locals.citizen, 'intake.save-draft', (a) => saveDraft(a, typed), {
    request_id: event.locals.request_id,
  });
}
