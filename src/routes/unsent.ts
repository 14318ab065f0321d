// What is for drawing alone. These pages ship no script, yet the framework writes out for one whatever they were drawn from: on a page of
// figures that is more work than drawing it.
const drawnFrom = new WeakSet<object>();

/** Marks what a load hands to its page as for the server alone: it is not written out. Only for pages without the framework's script. */
export function unsent<T extends object>(shown: T): T {
  drawnFrom.add(shown);
  return shown;
}
export const isUnsent = (thing: unknown): boolean =>
  typeof thing === 'object' && thing !== null && drawnFrom.has(thing);
