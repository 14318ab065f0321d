/** What a form came back with, by field. */
export type Typed = Record<string, unknown> | null | undefined;

/**
 * What was typed into a field, so that a refusal loses nothing.
 * @param otherwise what stands there where no form came back, or another one
 */
export function typed(values: Typed, name: string, otherwise = ''): string {
  const value = values?.[name];
  return typeof value === 'string' ? value : otherwise;
}
