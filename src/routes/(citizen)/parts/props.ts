import type { Lang } from '#words';
import type { Kept } from '../view-cookie.ts';

/** A fault by the name of the field it belongs to, in her words. */
export type Fault = { input: string; text: string };

/** What a page of her file is drawn from: what it shows, what was just said, what she typed, what was wrong with it. */
export type PartProps<View> = {
  lang: Lang;
  view: View;
  told: Kept['told'];
  typed: Record<string, string>;
  errors: readonly Fault[];
};

/** What is wrong with a field, in her words; undefined where nothing is. */
export const faultIn =
  (errors: readonly Fault[]) =>
  (input: string): string | undefined =>
    errors.find((error) => error.input === input)?.text;
