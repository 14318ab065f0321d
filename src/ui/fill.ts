// Texts with blanks, on pages that live in the browser: words that are functions do not travel there.

/** Puts values into a text with names in braces. */
export const fill = (text: string, of: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name) => String(of[name] ?? ''));
