// The alarm's script: where she is, the hold of three seconds, the five in which it can be stopped, how it stands, and sound where she has
// switched it on. Nothing is kept on the phone but what waits for the network, and that only while the page is open. Without this file the
// page is a form that works.
const one = (what) => document.querySelector(what);
const all = (what) => document.querySelectorAll(what);
const says = (code) => {
  for (const line of all('[data-says]')) line.hidden = line.dataset.says !== code;
};
const HOLD_MS = 3000;
const STOP_S = 5;
const AGAIN_MS = 2000;
const LOOK_MS = 10_000;
const MOST_WAITING = 500;
const RECALL_MS = 12_000;
const PIECE_MS = 8000;
const MOST_PIECES = 90;

const dress = () => {
  for (const line of all('[data-with-script]')) line.hidden = false;
  for (const line of all('[data-without-script]')) line.hidden = true;
};
dress();

// where she is: the newest fix, and those that have not been sent
let last;
const waiting = [];
const iso = (ms) => new Date(ms).toISOString();
function watch() {
  if (!navigator.geolocation || watch.on) return;
  watch.on = true;
  navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      last = {
        lat: coords.latitude,
        lon: coords.longitude,
        accuracy_m: Math.min(coords.accuracy, 100_000),
        at: iso(timestamp),
      };
      waiting.push(last);
      if (waiting.length > MOST_WAITING) waiting.shift();
    },
    () => {
      if (!last) says('no-place');
    },
    { enableHighAccuracy: true, maximumAge: 30_000, timeout: 15_000 },
  );
}

async function ask(body) {
  const patience = AbortSignal.timeout(6000);
  const answer = await fetch(
    '/sos/live',
    body === undefined
      ? { signal: patience }
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: patience,
        },
  );
  return { ok: answer.ok, json: await answer.json() };
}

// the house was reached and cannot answer
const STUCK = 'call-112';

// --- to press
// drawn once: however often it is sent, and whether by this script or by the form, it is one alarm
const form_id = crypto.randomUUID();
let busy = false;
function pressing() {
  const press = one('[data-press]');
  if (!press) return;
  const progress = one('[data-progress]');
  const form = one('#raise');
  const say = JSON.parse(one('[data-hold]').dataset.words);
  form.elements.form_id.value = form_id;
  let holding;
  press.hidden = false;
  // asked for as soon as the page stands there, so that it is known when it matters
  navigator.permissions?.query({ name: 'geolocation' }).then(
    (may) => may.state === 'granted' && watch(),
    () => undefined,
  );

  const let_go = () => {
    cancelAnimationFrame(holding);
    holding = undefined;
    busy = false;
    press.setAttribute('aria-pressed', 'false');
    progress.hidden = true;
    press.textContent = say.hold;
  };
  const hold = (event) => {
    if (event.type === 'keydown' && (event.repeat || ![' ', 'Enter'].includes(event.key))) return;
    event.preventDefault();
    if (holding) return;
    watch();
    busy = true;
    const began = performance.now();
    press.setAttribute('aria-pressed', 'true');
    press.textContent = say.holding;
    progress.hidden = false;
    const step = () => {
      const part = (performance.now() - began) / HOLD_MS;
      progress.value = Math.min(100, part * 100);
      if (part < 1) holding = requestAnimationFrame(step);
      else {
        let_go();
        send();
      }
    };
    holding = requestAnimationFrame(step);
  };
  press.addEventListener('pointerdown', hold);
  press.addEventListener('keydown', hold);
  for (const end of ['pointerup', 'pointercancel', 'pointerleave', 'keyup', 'blur'])
    press.addEventListener(end, () => holding && let_go());
  press.addEventListener('contextmenu', (event) => event.preventDefault());

  let stopped = false;
  let sent = false;
  let tried = false;
  const values = () => {
    const typed = new FormData(form);
    return {
      silent: typed.get('silent') === 'yes',
      place_text: typed.get('place_text') || undefined,
      district: typed.get('district') || undefined,
      ...(last ? { point: { lat: last.lat, lon: last.lon, accuracy_m: last.accuracy_m, fixed_at: last.at } } : {}),
    };
  };
  async function send() {
    busy = true;
    press.hidden = true;
    navigator.vibrate?.(200);
    // it goes out at once and is held there: whatever becomes of the phone now, in five seconds help sets out
    let left = STOP_S;
    one('[data-held]').hidden = false;
    form.hidden = true;
    one('[data-stop]').focus();
    const count = setInterval(() => {
      left -= 1;
      one('[data-seconds]').textContent = String(Math.max(0, left));
      if (left > 0 && !stopped) return;
      clearInterval(count);
      one('[data-held]').hidden = true;
      if (stopped) return;
      form.hidden = false;
      says('sending');
      if (sent) location.replace('/sos');
    }, 1000);
    const pressed = iso(Date.now());
    const began = performance.now();
    while (!stopped && !sent) {
      tried = true;
      let why = 'no-net';
      try {
        const hold_s = Math.max(0, Math.ceil(STOP_S - (performance.now() - began) / 1000));
        const raise = { form_id, at: pressed, sent_at: iso(Date.now()), hold_s, ...values() };
        const { ok, json } = await ask({ raise });
        sent = ok;
        if (json?.problem === STUCK) why = 'no-answer';
      } catch {
        // no network: again, until there is one
      }
      if (sent || stopped) break;
      says(why);
      const sms = one('[data-sms]');
      if (sms && last)
        sms.href = sms.href.replace(
          /body=.*/,
          `body=${encodeURIComponent(`SOS ${last.lat.toFixed(5)},${last.lon.toFixed(5)}`)}`,
        );
      await new Promise((go) => setTimeout(go, AGAIN_MS));
    }
    if (stopped) return;
    if (left <= 0) location.replace('/sos');
    else follow(true);
  }
  // What was sent may be there although no answer came, or come there after this: it is stopped by its own id until the house says that it
  // has it, or for longer than it could still set out.
  async function recall() {
    one('[data-held]').hidden = true;
    says('stopping');
    const until = performance.now() + RECALL_MS;
    while (tried && performance.now() < until) {
      try {
        const { json } = await ask({ stop: true, form_id });
        // too late to be stopped without a PIN: then she sees who comes, for which the phone needs its key
        if (json?.problem === 'pin-needed' && !sent) await ask({ raise: { form_id, ...values() } });
        if (json) break;
      } catch {
        // no network: again
      }
      await new Promise((go) => setTimeout(go, AGAIN_MS));
    }
    location.replace('/sos');
  }
  one('[data-stop]').addEventListener('click', () => {
    if (stopped) return;
    stopped = true;
    void recall();
  });
}

// --- the page made anew without leaving it: what watches and what records goes on. What she has begun to write stays.
function anew(url = '/sos', body) {
  const ask = new XMLHttpRequest();
  ask.open(body ? 'POST' : 'GET', url);
  ask.responseType = 'document';
  ask.setRequestHeader('accept', 'text/html');
  ask.timeout = LOOK_MS;
  return new Promise((done, failed) => {
    ask.onerror = failed;
    ask.ontimeout = failed;
    ask.onload = () => {
      const page = ask.response?.querySelector('main');
      if (!page) return failed();
      const place = page.querySelector('#moved');
      if (place && !body) place.value = one('#moved')?.value ?? '';
      // a number that waits for its code, and what is half written there
      const number = one('[data-number]');
      if (number && !body) page.querySelector('[data-number]')?.replaceWith(document.adoptNode(number));
      const focused = body ? '' : document.activeElement?.id;
      one('main').replaceWith(document.adoptNode(page));
      if (focused) {
        for (const box of all('details')) box.open ||= box.contains(one(`#${focused}`));
        one(`#${focused}`)?.focus();
      }
      dress();
      pressing();
      if (!one('[data-sound]')) endPiece();
      done();
    };
    ask.send(body);
  });
}

// --- sound, where she has switched it on beforehand and the phone allows it without asking. Nobody is told of it, and nothing waits for it.
const sounds = [];
const TYPE = ['audio/webm;codecs=opus', 'audio/mp4'].find((type) => window.MediaRecorder?.isTypeSupported(type));
const mayRecord = async () =>
  (await navigator.permissions?.query({ name: 'microphone' }).catch(() => undefined))?.state === 'granted';
// each piece is whole by itself: whatever becomes of the phone, what was sent before it can be heard
let endPiece = () => undefined;
const pieceOf = (stream) =>
  new Promise((done, failed) => {
    const recorder = new MediaRecorder(stream, { mimeType: TYPE, audioBitsPerSecond: 16_000 });
    endPiece = () => recorder.state !== 'inactive' && recorder.stop();
    recorder.onerror = failed;
    recorder.ondataavailable = ({ data }) => done(data);
    recorder.start();
    setTimeout(endPiece, PIECE_MS);
  });
const inLetters = (blob) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(',')[1]);
    reader.readAsDataURL(blob);
  });
async function record() {
  if (record.on || !TYPE || !one('[data-sound]')) return;
  record.on = true;
  let stream;
  try {
    if (!(await mayRecord())) return;
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (let n = 0; n < MOST_PIECES && one('[data-sound]'); n++) {
      const at = iso(Date.now());
      const heard = await pieceOf(stream);
      if (heard.size > 0) sounds.push({ piece: crypto.randomUUID(), at, sound: await inLetters(heard) });
      void sendSounds();
    }
  } catch {
    // no microphone any more: the alarm goes on
  }
  for (const track of stream?.getTracks() ?? []) track.stop();
}
async function sendSounds() {
  if (sendSounds.on) return;
  sendSounds.on = true;
  try {
    while (sounds.length > 0) {
      const { status } = await fetch('/sos/sound', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sounds[0]),
        signal: AbortSignal.timeout(20_000),
      });
      // what is refused for good does not stand in the way of the next
      if (status >= 500) break;
      sounds.shift();
    }
  } catch {
    // no network: with the next piece, or the next look
  }
  sendSounds.on = false;
}

// --- to see who comes, and to keep telling where she is. Also after she has stopped it: a page that falls silent then would tell whoever
// made her stop it whether it was the PIN that really stops.
async function follow(quietly) {
  void sendSounds();
  const shown = one('[data-alarm]') ?? one('[data-follow]') ?? one('[data-kept]');
  if (!quietly && (!shown || busy)) return;
  const from = waiting.splice(0);
  const keep = () => waiting.unshift(...from.slice(0, MOST_WAITING - waiting.length));
  try {
    const sent_at = iso(Date.now());
    const { ok, json } = await ask(
      from.length > 0
        ? { sent_at, fixes: from.map(({ lat, lon, at, accuracy_m }) => ({ lat, lon, at, accuracy_m })) }
        : undefined,
    );
    if (!ok) {
      if (json?.problem === STUCK) says('no-answer');
      return keep();
    }
    says('');
    if (quietly || busy) return;
    if (shown.dataset.kept !== undefined) return await anew();
    if (!json) return;
    if (json.sign !== (shown.dataset.alarm ?? shown.dataset.follow)) return await anew();
    const eta = one('[data-eta]');
    if (eta && json.eta) eta.textContent = json.eta;
    const facts = one('[data-facts]');
    if (facts) facts.textContent = json.facts;
  } catch {
    keep();
    says('no-net');
  }
}
pressing();
if (one('[data-alarm]') ?? one('[data-follow]')) watch();
if (one('[data-alarm]')) {
  void record();
  navigator.wakeLock?.request('screen').catch(() => undefined);
}
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.closest('[data-alarm]')) return;
  event.preventDefault();
  anew(form.action, new URLSearchParams(new FormData(form))).catch(() => form.submit());
});
if (one('[data-alarm]') ?? one('[data-follow]') ?? one('[data-kept]')) {
  setInterval(() => follow(false), LOOK_MS);
  setTimeout(() => follow(false), 2000);
}

// practised where she is, if the phone says so
const drill = one('#drill');
drill?.addEventListener('submit', async (event) => {
  if (!last) return;
  event.preventDefault();
  const { lat, lon } = last;
  const { ok } = await ask({ raise: { drill: true, form_id: crypto.randomUUID(), point: { lat, lon } } }).catch(
    () => ({}),
  );
  if (ok) location.replace('/sos');
  else drill.submit();
});

// switched on at leisure: then the phone asks now, and not when it matters
const sound = one('#sound');
sound?.addEventListener('submit', async (event) => {
  if (new FormData(sound).get('sound') !== 'on') return;
  event.preventDefault();
  const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => undefined);
  for (const track of stream?.getTracks() ?? []) track.stop();
  sound.submit();
});
const noMic = one('[data-no-mic]');
if (noMic) void mayRecord().then((may) => (noMic.hidden = may && Boolean(TYPE)));

// kept on the home screen because she asked: then the page is there without a network too
if (one('link[rel="manifest"]'))
  navigator.serviceWorker?.register('/alarm-worker.js', { scope: '/sos' }).catch(() => undefined);
