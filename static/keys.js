// Keys for officers who work without a mouse. A key moves the focus or opens a page; none carries anything out. Pages work without this file.
// Letters are taken by their place on the keyboard, so that they stay where they are under a Hindi layout. Off while a field has the focus,
// with any modifier, and for whoever has switched them off (WCAG 2.1.4).

const SETTING = 'itsso-keys';
const WAIT_MS = 1500;
const FIELDS = 'input, textarea, select, [contenteditable], [role="textbox"], [role="combobox"]';

const one = (what) => document.querySelector(what);
const isOff = () => localStorage.getItem(SETTING) === 'off';

/** The rows of the page's list: the link that names each. */
const rows = () => [...document.querySelectorAll('main [data-row]')];

function step(by) {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.indexOf(document.activeElement);
  const marked = all.findIndex((row) => row.closest('.is-cur'));
  const from = at < 0 && marked >= 0 ? marked - (by > 0 ? 1 : -1) : at;
  const next = from < 0 && by < 0 ? all.length - 1 : Math.min(Math.max(from + by, 0), all.length - 1);
  // beyond the last row lies the next part of the list
  if (at >= 0 && next === at) return go(by > 0 ? '.pager [rel="next"]' : '.pager [rel="prev"]');
  all[next].focus();
  all[next].scrollIntoView({ block: 'nearest' });
  return true;
}

function focus(what) {
  const found = one(what);
  found?.focus();
  found?.scrollIntoView({ block: 'nearest' });
  return Boolean(found);
}
function go(what) {
  const found = one(what);
  if (!found) return false;
  location.assign(found.href);
  return true;
}
function help() {
  const keys = one('#keys');
  if (!keys) return false;
  keys.open = true;
  return focus('#keys summary');
}

const PLACES = { KeyD: '/desk', KeyC: '/calendar', KeyA: '/attention', KeyS: '/search', KeyL: '/law' };
const DEEDS = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyN: () => go('.crumbs a[href^="/file/"]') || step(1),
  KeyD: () => focus('main textarea[name="text"]'),
  KeyU: () => go('.crumbs a[href^="/"]'),
  Slash: () => focus('#q'),
};

let going = 0;
/** G is the first of two keys: the next one within this time names the place. */
function begin() {
  going = performance.now() + WAIT_MS;
  return true;
}

function deedOf(event) {
  const { code, key, shiftKey } = event;
  if (key === '?' || (code === 'Slash' && shiftKey)) return help;
  if (shiftKey) return undefined;
  if (performance.now() < going) {
    going = 0;
    return PLACES[code] && (() => go(`.nav a[href="${PLACES[code]}"]`));
  }
  if (code === 'KeyG') return begin;
  // the arrows scroll the page, unless a row has the focus
  if (document.activeElement?.matches('[data-row]') && key === 'ArrowDown') return DEEDS.KeyJ;
  if (document.activeElement?.matches('[data-row]') && key === 'ArrowUp') return DEEDS.KeyK;
  return DEEDS[code];
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target instanceof Element && event.target.closest(FIELDS)) return;
  if (isOff()) return;
  if (deedOf(event)?.()) event.preventDefault();
});

/** Says whether the keys are on, and shows the hints only while they are. */
function show() {
  for (const hint of document.querySelectorAll('[data-keys]')) hint.hidden = isOff();
  for (const part of document.querySelectorAll('[data-keys-on]')) part.hidden = isOff();
  for (const part of document.querySelectorAll('[data-keys-off]')) part.hidden = !isOff();
}
for (const button of document.querySelectorAll('[data-keys-switch]'))
  button.addEventListener('click', () => {
    localStorage.setItem(SETTING, isOff() ? 'on' : 'off');
    show();
    one(isOff() ? '[data-keys-off] button' : '[data-keys-on] button')?.focus();
  });
show();

// the call-back desk is there as long as its page is open: the stream says so to the server, and nothing has to be asked
const seat = document.querySelector('[data-seat]')?.dataset.seat;
if (seat) new EventSource(seat);
