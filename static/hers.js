// The one script of her pages: leaving at once, and reading aloud. Every page is whole without it.
const one = (what) => document.querySelector(what);
const AT = '/x';

// Leaving. The session is ended behind her back while the page is blanked and its place in the history taken by the neutral site.
// safety.md 4e
const exit = one('form[action="/x"]');
let left = false;
const blank = () => {
  document.body.textContent = '';
};
function leave(event) {
  event?.preventDefault();
  left = true;
  navigator.sendBeacon?.(AT);
  globalThis.speechSynthesis?.cancel();
  blank();
  location.replace(exit.dataset.to);
}
exit.addEventListener('submit', leave);

// Shift three times within five seconds, with no other key between them: whoever types capitals stays.
let shifts = [];
let alone = false;
addEventListener('keydown', ({ key, repeat }) => {
  if (repeat) return;
  alone = key === 'Shift';
  if (!alone) shifts = [];
});
addEventListener('keyup', ({ key }) => {
  if (key !== 'Shift' || !alone) return;
  const now = performance.now();
  shifts = [...shifts.filter((at) => now - at < 5000), now];
  if (shifts.length === 3) leave();
});

addEventListener('pagehide', () => {
  globalThis.speechSynthesis?.cancel();
  if (left) blank();
});
// a page kept in memory shows itself again only while her session stands: the house says so
addEventListener('pageshow', async ({ persisted }) => {
  if (!persisted) return;
  if (left) return location.replace(exit.dataset.to);
  document.body.hidden = true;
  const stands = await fetch(AT, { redirect: 'manual' }).then(
    ({ status }) => status === 204,
    () => false,
  );
  if (stands) document.body.hidden = false;
  else location.reload();
});

// Reading aloud: what can be seen, piece by piece, by a voice that this phone has itself. A voice from elsewhere would hear every word.
const aloud = one('[data-aloud]');
const speech = globalThis.speechSynthesis;
const { lang } = document.documentElement;
const SILENT = 'button, textarea, select, audio, [hidden], .govuk-visually-hidden, .its-code, .its-phrase, form[action="/x"]';
const PIECE = 'h1, h2, h3, p, li, legend, label, dt, dd, summary, div';

function pieces() {
  const said = [];
  let last;
  const texts = document.createTreeWalker(one('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: at, data } = texts.currentNode;
    if (!data.trim() || at.closest(SILENT) || at.getClientRects().length === 0) continue;
    const piece = at.closest(PIECE);
    if (piece === last) said.push(`${said.pop()} ${data}`);
    else said.push(data);
    last = piece;
  }
  return said.map((text) => text.replace(/\s+/g, ' ').trim());
}
const voice = () =>
  speech.getVoices().find((known) => known.localService && known.lang.toLowerCase().startsWith(lang));
const calm = () => {
  speech.cancel();
  aloud.setAttribute('aria-pressed', 'false');
  aloud.textContent = aloud.dataset.start;
};
if (aloud && speech) {
  const offer = () => {
    aloud.hidden = !voice();
  };
  aloud.dataset.start = aloud.textContent;
  offer();
  speech.addEventListener('voiceschanged', offer);
  aloud.addEventListener('click', () => {
    if (aloud.getAttribute('aria-pressed') === 'true') return calm();
    aloud.setAttribute('aria-pressed', 'true');
    aloud.textContent = aloud.dataset.stop;
    const all = pieces();
    for (const [nth, text] of all.entries()) {
      const piece = new SpeechSynthesisUtterance(text);
      piece.lang = lang;
      piece.voice = voice();
      if (nth === all.length - 1) piece.onend = calm;
      speech.speak(piece);
    }
  });
}
