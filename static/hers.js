// The one script of her pages: leaving at once, reading aloud, speaking. Every page is whole without it.
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
const SILENT =
  'button, textarea, select, audio, [hidden], .govuk-visually-hidden, .its-code, .its-phrase, form[action="/x"]';
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
const voice = () => speech.getVoices().find((known) => known.localService && known.lang.toLowerCase().startsWith(lang));
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

// Speaking, and sending files piece by piece. What has not gone lies in this page's memory alone; without network it waits, and goes on
// where it broke off.
const box = one('[data-files]');
const done = one('[data-done]');
if (box && done) {
  const PIECE = 65_536;
  const form = box.closest('form');
  const input = box.querySelector('[type="file"]');
  const audio = box.querySelector('audio');
  const told = one('[data-told]');
  const time = one('[data-time]');
  const own = box.dataset.files === 'account';
  const say = (text = '') => {
    if (told.textContent !== text) told.textContent = text;
  };
  const button = (name) => box.querySelector(`[data-do="${name}"]`);
  const show = (...names) => {
    for (const each of box.querySelectorAll('[data-do]')) each.hidden = !names.includes(each.dataset.do);
    audio.hidden = !names.includes('use');
    button(names[0])?.focus();
  };
  let clip;
  let sending = false;
  let after = done;

  const ask = (method, at, headers, body) =>
    fetch(at, { method, body, headers: { 'tus-resumable': '1.0.0', 'accept-language': lang, ...headers } }).then(
      (answer) => {
        if (answer.status >= 500 && answer.status !== 507) throw answer;
        return answer;
      },
    );
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const network = () =>
    new Promise((back) => {
      addEventListener('online', back, { once: true });
      setTimeout(back, 4000);
    });

  async function deliver(file, name) {
    const about = { draft: 'mine' };
    if (name) about.filename = name;
    if (/^audio/.test(file.type) || own) about.kind = 'audio';
    if (own) about.meant = 'account';
    const first = {
      'idempotency-key': `${performance.timeOrigin}-${performance.now()}`,
      'upload-length': file.size,
      'upload-metadata': Object.entries(about)
        .map(([key, text]) => `${key} ${base64(text)}`)
        .join(),
    };
    let at;
    let sent = 0;
    for (;;) {
      try {
        let answer = at ? await ask('HEAD', at) : await ask('POST', '/api/v1/uploads', first);
        at ??= answer.headers.get('location');
        if (answer.ok) sent = Number(answer.headers.get('upload-offset'));
        while (answer.ok && sent < file.size) {
          say(`${told.dataset.sending} ${Math.floor((sent / file.size) * 20) * 5} %`);
          const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': sent };
          answer = await ask('PATCH', at, headers, file.slice(sent, sent + PIECE));
          if (answer.ok) sent = Number(answer.headers.get('upload-offset'));
        }
        if (answer.ok) return true;
        // an answer to HEAD has no words
        say((await answer.json().catch(() => ({ title: told.dataset.refused }))).title);
        return false;
      } catch {
        say(told.dataset.waiting);
        await network();
      }
    }
  }
  async function send(files) {
    sending = true;
    let whole = true;
    for (const file of files) whole = (await deliver(file, file.name)) && whole;
    sending = false;
    clip = undefined;
    if (!whole || left) return;
    const speak = form.querySelector('[value="speak"]');
    if (own && speak && !form.querySelector(`[name="${speak.name}"]:checked`)) speak.checked = true;
    form.requestSubmit(after);
  }

  one('[data-add]').hidden = true;
  input.addEventListener('change', async () => {
    await send(input.files);
    input.value = '';
  });
  // whoever goes on before it has gone goes on when it has
  form.addEventListener('submit', (event) => {
    if (!clip && !sending) return;
    event.preventDefault();
    after = event.submitter;
    if (!sending) send([clip]);
  });

  if (navigator.mediaDevices && globalThis.MediaRecorder) {
    let recorder;
    let ticking;
    const begin = async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
      if (!stream) return say(told.dataset.nomic);
      const pieces = [];
      const mimeType = ['audio/webm', 'audio/mp4'].find((type) => MediaRecorder.isTypeSupported(type));
      recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 24_000 });
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      recorder.onstop = () => {
        clearInterval(ticking);
        for (const track of stream.getTracks()) track.stop();
        clip = new Blob(pieces, { type: mimeType });
        audio.src = URL.createObjectURL(clip);
        say(told.dataset.ready);
        show('use', 'again');
      };
      recorder.start(1000);
      let seconds = 0;
      time.textContent = '0:00';
      ticking = setInterval(() => {
        seconds += 1;
        time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
        // her session goes on meanwhile
        if (seconds % 300 === 0) fetch(AT).catch(() => undefined);
      }, 1000);
      say(told.dataset.recording);
      show('stop');
    };
    button('record').addEventListener('click', begin);
    button('stop').addEventListener('click', () => recorder.stop());
    button('use').addEventListener('click', () => send([clip]));
    button('again').addEventListener('click', () => {
      clip = undefined;
      audio.removeAttribute('src');
      time.textContent = '';
      say();
      show('record');
    });
    one('[data-recorder]').hidden = false;
  }
}
