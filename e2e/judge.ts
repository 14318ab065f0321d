// A page as axe judges it: nothing is wrong with it, one hopes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** The phones that run no script. */
export const scriptless = new WeakSet<BrowserContext>();

// the short form of the same program: a browser reads it at half the cost
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// no timer ever fires on a phone without script; axe only waits for its turn, so its turn comes at once
const AT_ONCE =
  'window.setTimeout = (run, ms, ...told) => { if (!(ms > 100)) Promise.resolve().then(() => run(...told)); return 1; };';
const tools = new WeakMap<Page, Promise<CDPSession>>();

// By the browser's own tools: a program that they were given before they need not read again on the next page, and no policy of the page stops them.
async function within<T>(page: Page, expression: string): Promise<T> {
  const given = tools.get(page) ?? page.context().newCDPSession(page);
  tools.set(page, given);
  const asked = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await (await given).send('Runtime.evaluate', asked);
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

async function judge(page: Page, contrast: boolean): Promise<string[]> {
  await within(page, `${AXE}; undefined`);
  return within(
    page,
    `(async () => { ${scriptless.has(page.context()) ? AT_ONCE : ''}
      const rules = { 'color-contrast': { enabled: ${contrast} } };
      const look = (selectors) => axe.run(document, { resultTypes: ['violations'], selectors, rules });
      // where nothing is wrong nobody asks where it is: places are looked for only once a fault is found
      if ((await look(false)).violations.length === 0) return [];
      return (await look(true)).violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', '));
    })()`,
  );
}

/** What axe finds wrong with a page: nothing, one hopes. It works on a phone without script too: only the tester runs any. */
export const faultsOf = (page: Page): Promise<string[]> => judge(page, true);

// What axe judges a page by, but for the words in it: its elements with what they are called and how they look. A page of the same
// shape is judged once, in whichever language it comes first; contrast hangs on classes, names and roles on attributes, and both are in it.
const SHAPE = `[...document.querySelectorAll('*')].map((e) => e.tagName + '.' + e.className + [...e.attributes]
  .filter((a) => !['value', 'href', 'content', 'datetime', 'lang'].includes(a.name))
  .map((a) => a.name + '=' + (['aria-label', 'title', 'placeholder', 'alt'].includes(a.name) ? a.value.trim() !== '' : a.value.replace(/[0-9a-f-]{8,}|\\d+/g, '#')))
  .join(' ')
  + (e.children.length ? '' : e.textContent?.trim() ? '+' : '-')).join('|')
  + ' ids said twice: ' + ((ids) => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map((e) => e.id))`;
// What contrast hangs on: of all that is written and can be seen, the letters and what lies behind them up to what covers the rest.
const LETTERS = `(() => {
  const behind = new Map();
  const below = (e) => {
    if (!e) return '';
    if (!behind.has(e)) {
      const { backgroundColor: color, backgroundImage: image, opacity } = getComputedStyle(e);
      const covers = image === 'none' && opacity === '1' && !/rgba|transparent|\\//.test(color);
      behind.set(e, covers ? color : [color, image, opacity, below(e.parentElement)].join());
    }
    return behind.get(e);
  };
  const written = (e) => e.matches('input, select, textarea') || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.offsetWidth > 1;
  return [...new Set([...document.querySelectorAll('body *')].filter((e) => written(e) && seen(e)).map((e) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
    return [color, fontSize, fontWeight, textShadow, e.closest(':disabled, [aria-disabled=true]') !== null, below(e)].join();
  }))];
})()`;
const judged = new Map<string, Promise<string[]>>();

/**
 * As {@link faultsOf}, but a page of the same shape and width that was found without a fault is not judged again in a run, and contrast
 * only where letters stand on a ground on which none of theirs were judged yet.
 */
export async function faultsOfItsKind(page: Page): Promise<string[]> {
  const shape = `${page.viewportSize()?.width} ${await page.evaluate<string>(SHAPE)}`;
  const faults = judged.get(shape) ?? judgedOnce(page, shape);
  judged.set(shape, faults);
  return faults;
}

async function judgedOnce(page: Page, shape: string): Promise<string[]> {
  if (isSaid(shape)) return [];
  const letters = (await page.evaluate<string[]>(LETTERS)).filter((one) => !isSaid(one));
  const faults = await judge(page, letters.length > 0);
  if (faults.length === 0) for (const good of [shape, ...letters]) say(good);
  return faults;
}

/** Journeys run in processes of their own: what was found good is said between them by empty files beside the begun house. */
export const judgedAt = (begun: string): string => `${begun}-judged`;
const fileOf = (what: string): string | undefined => {
  const begun = process.env.ITSSO_E2E_BEGUN;
  return begun && path.join(judgedAt(begun), createHash('sha256').update(what).digest('hex'));
};
function isSaid(what: string): boolean {
  const file = fileOf(what);
  return file !== undefined && existsSync(file);
}
function say(what: string): void {
  const file = fileOf(what);
  if (file) writeFileSync(file, '');
}
