// A room of two to four: a check before, then everybody with everybody through the relay, voice first and picture where the net allows it.
// When the net is poor it falls to voice, and then to a phone call. Texts stand in the page; this file only shows them.
import { BAD_IN_A_ROW, look } from './hearing-quality.js';

const room = document.querySelector('[data-room]');
const one = (what) => room.querySelector(what);
const { talk: TALK, role: ROLE, kind: KIND } = room.dataset;
// the way out of her pages lives in their own module
if (document.querySelector('form[action="/x"]')) await import('./hers.js');

const wait = (ms) => new Promise((go) => setTimeout(go, ms));
const show = (what, shown = true) => {
  const found = typeof what === 'string' ? one(what) : what;
  if (found) found.hidden = !shown;
};

/** Asks the house. What it refuses comes back as an error with its code. */
async function ask(body) {
  const answer = await fetch(TALK, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error('refused'), { code: said.code ?? 'unexpected' });
  return said;
}

let saying = '';
function say(code) {
  saying = code;
  show('[data-saying]', code !== '');
  for (const line of room.querySelectorAll('[data-says]')) line.hidden = line.dataset.says !== code;
}
function check(code, others = []) {
  show('[data-checking]');
  for (const line of room.querySelectorAll('[data-check]')) {
    if (line.dataset.check === code) line.hidden = false;
    else if (others.includes(line.dataset.check)) line.hidden = true;
  }
}

// ── what this device has ──
let mic; // the microphone's track
let camera; // the camera's track, while it is on
const SMALL = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 20 } };

async function openMic() {
  if (mic?.readyState === 'live') return mic;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true },
    });
    [mic] = stream.getAudioTracks();
  } catch {
    mic = undefined;
  }
  return mic;
}
async function openCamera() {
  if (camera?.readyState === 'live') return camera;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: SMALL });
    [camera] = stream.getVideoTracks();
  } catch {
    camera = undefined;
  }
  return camera;
}
function closeCamera() {
  camera?.stop();
  camera = undefined;
}

let sound; // one audio context, made by the first press
const audio = () => (sound ??= new AudioContext());
/** How loud a track is, from 0 to 1. */
function loudness(track) {
  const meter = audio().createAnalyser();
  meter.fftSize = 512;
  audio()
    .createMediaStreamSource(new MediaStream([track]))
    .connect(meter);
  const waves = new Float32Array(meter.fftSize);
  return () => {
    meter.getFloatTimeDomainData(waves);
    return Math.min(1, Math.sqrt(waves.reduce((sum, wave) => sum + wave * wave, 0) / waves.length) * 4);
  };
}

// ── the check before ──
async function checkMic() {
  check('mic-asking', ['mic-ok', 'mic-none']);
  const track = await openMic();
  check(track ? 'mic-ok' : 'mic-none', ['mic-asking']);
  if (!track) return;
  const loud = loudness(track);
  const meter = one('[data-level]');
  const timer = setInterval(() => {
    if (track.readyState !== 'live' || meter.closest('[hidden]')) clearInterval(timer);
    meter.value = loud();
  }, 120);
}

/** Two connections within this page, by the very way the talk will take: through the relay where there is one. */
async function checkNet() {
  check('net-asking', ['net-ok', 'net-none']);
  let way;
  try {
    way = await ask({ do: 'ice' });
  } catch {
    return check('net-none', ['net-asking']);
  }
  const [near, far] = [new RTCPeerConnection(way), new RTCPeerConnection(way)];
  near.onicecandidate = ({ candidate }) => candidate && far.addIceCandidate(candidate).catch(() => {});
  far.onicecandidate = ({ candidate }) => candidate && near.addIceCandidate(candidate).catch(() => {});
  const channel = near.createDataChannel('check');
  const opened = new Promise((done) => {
    channel.onopen = () => done(true);
  });
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
  const works = await Promise.race([opened, wait(10_000).then(() => false)]);
  near.close();
  far.close();
  check(works ? 'net-ok' : 'net-none', ['net-asking']);
}

async function checkCamera() {
  const track = await openCamera();
  check(track ? 'cam-ok' : 'cam-none', ['cam-ok', 'cam-none']);
  const preview = one('[data-preview]');
  show(preview, Boolean(track));
  if (!track) return;
  preview.srcObject = new MediaStream([track]);
  await preview.play().catch(() => {});
}

// ── the others ──
let seat = '';
let inside = false;
let poor = false; // the net was too poor for a picture: voice only from now on
let callMe = false;
const others = new Map(); // by seat
const outbox = [];
const got = [];

const send = (to, message) => outbox.push({ to, text: JSON.stringify(message) });
const wayNow = () => (camera && !poor ? 'video' : mic?.enabled ? 'audio' : 'none');

function figureOf(role) {
  const figure = document.createElement('figure');
  figure.className = 'room-person';
  const video = document.createElement('video');
  video.autoplay = true;
  video.playsInline = true;
  const caption = document.createElement('figcaption');
  const name = document.createElement('b');
  name.textContent = room.dataset[`name${role[0].toUpperCase()}${role.slice(1)}`];
  const way = document.createElement('span');
  caption.append(name, ' ', way);
  figure.append(video, caption);
  figure.dataset.role = role;
  one('[data-people]').prepend(figure);
  return { figure, video, way };
}
const wayText = (way) => room.dataset[`way${way[0].toUpperCase()}${way.slice(1)}`] ?? '';

/** Sends what there is to send: voice always, the picture only where both sides can bear it. */
async function feed(other) {
  await other.voice?.sender.replaceTrack(mic ?? null);
  await other.picture?.sender.replaceTrack(camera && !poor && !other.poor ? camera : null);
}
const feedAll = () => Promise.all([...others.values()].map(feed));

/** Whoever has the smaller seat offers; the other only answers. So no two offers ever cross. */
function meet({ id, role }) {
  const other = {
    id,
    role,
    offers: seat < id,
    poor: false,
    waiting: [],
    state: 'new',
    since: performance.now(),
    ...figureOf(role),
  };
  others.set(id, other);
  const pc = new RTCPeerConnection(ice);
  other.pc = pc;
  other.stream = new MediaStream();
  other.video.srcObject = other.stream;
  pc.onicecandidate = ({ candidate }) => candidate && send(id, { candidate });
  pc.ontrack = ({ track }) => {
    other.stream.addTrack(track);
    other.video.play().catch(() => {});
    mixIn(track);
  };
  pc.onconnectionstatechange = () => changed(other);
  if (other.offers) {
    other.voice = pc.addTransceiver('audio', { direction: 'sendrecv' });
    other.picture = pc.addTransceiver('video', { direction: 'sendrecv' });
    offer(other);
  }
  return other;
}
function part(other) {
  other.pc.close();
  other.figure.remove();
  others.delete(other.id);
}

async function offer(other, again = false) {
  await feed(other);
  if (again) other.pc.restartIce();
  await other.pc.setLocalDescription();
  send(other.id, { description: other.pc.localDescription });
}

async function hear({ from, text }) {
  const other = others.get(from);
  if (!other) return;
  const { pc } = other;
  const { description, candidate, again, quiet } = JSON.parse(text);
  if (quiet !== undefined) {
    other.poor = quiet;
    if (quiet) say('quiet');
    await feed(other);
  }
  if (again && other.offers) await restart(other);
  if (description) {
    await pc.setRemoteDescription(description);
    for (const early of other.waiting.splice(0)) await pc.addIceCandidate(early).catch(() => {});
    if (description.type === 'offer') {
      const [voice, picture] = pc.getTransceivers();
      Object.assign(other, { voice, picture });
      voice.direction = 'sendrecv';
      picture.direction = 'sendrecv';
      await feed(other);
      await pc.setLocalDescription();
      send(from, { description: pc.localDescription });
    }
  }
  if (candidate) {
    if (pc.remoteDescription) await pc.addIceCandidate(candidate).catch(() => {});
    else other.waiting.push(candidate);
  }
}

/** New keys of the relay, new ways: by whoever offers. */
async function restart(other) {
  other.tried = performance.now();
  if (!other.offers) return send(other.id, { again: true });
  try {
    ice = await ask({ do: 'ice' });
    other.pc.setConfiguration(ice);
  } catch {
    // with the old ones, then
  }
  await offer(other, true).catch(() => {});
}

const LOST_AFTER_MS = 12_000;
const AGAIN_AFTER_MS = 6000;
function changed(other) {
  const { connectionState } = other.pc;
  const was = other.state;
  other.state = connectionState;
  other.since = performance.now();
  if (connectionState === 'connected') {
    other.broke = undefined;
    if (was !== 'connected') say(poor || other.poor ? 'quiet' : 'talking');
    return;
  }
  if (connectionState === 'disconnected' || connectionState === 'failed') {
    // a picture was too much for this net, or the net went: voice only from here on; where another hears her well, it is not her net
    if (![...others.values()].some(({ state }) => state === 'connected')) toVoice();
    other.broke ??= performance.now();
    if (saying !== 'lost') say('again');
    restart(other);
  }
}

function toVoice() {
  if (poor) return;
  poor = true;
  closeCamera();
  ownWay();
  for (const { id } of others.values()) send(id, { quiet: true });
  feedAll();
}

// ── how good is it ──
/** Whether one look at the figures of a connection is bad. */
async function isBad(other) {
  const seen = look([...(await other.pc.getStats()).values()], { before: other.counted, camera: Boolean(camera) });
  other.counted = seen.counted;
  return seen.bad;
}
async function watch() {
  while (inside) {
    await wait(2000);
    for (const other of others.values()) {
      if (other.state === 'connected') {
        other.bad = (await isBad(other).catch(() => false)) ? (other.bad ?? 0) + 1 : 0;
        if (other.bad >= BAD_IN_A_ROW && !poor) {
          toVoice();
          say('quiet');
        }
      } else if (other.state !== 'new' || performance.now() - other.since > LOST_AFTER_MS) {
        if (performance.now() - (other.tried ?? other.since) > AGAIN_AFTER_MS) restart(other);
        if (performance.now() - (other.broke ?? other.since) > LOST_AFTER_MS) say('lost');
      }
    }
  }
}

// ── the room ──
let ice;
async function round() {
  const said = outbox.splice(0, 50);
  const taken = got.splice(0);
  let heard;
  try {
    heard = await ask({ do: 'talk', talk: { seat, way: wayNow(), call_me: callMe, got: taken, said } });
  } catch (error) {
    if (error.code === 'seat-gone' || error.code === 'hearing-over') return leave('gone');
    // the net is gone for a moment: nothing is lost
    outbox.unshift(...said);
    got.push(...taken);
    return;
  }
  for (const there of heard.seats) {
    const other = others.get(there.id) ?? meet(there);
    other.way.textContent = wayText(there.way);
    other.way.dataset.way = there.way;
    show(other.video, there.way === 'video');
  }
  for (const other of [...others.values()]) if (!heard.seats.some(({ id }) => id === other.id)) part(other);
  for (const signal of heard.signals) {
    if (!seen.has(signal.id)) {
      seen.add(signal.id);
      await hear(signal).catch(() => {});
    }
    got.push(signal.id);
  }
  if (others.size === 0) say('alone');
  stand(heard);
}
const seen = new Set();

function stand({ consent, recording, asks_call }) {
  show('[data-recording]', recording);
  show('[data-asks-call]', asks_call);
  show('[data-agreed]', consent);
  show('[data-do="consent"]', !consent);
  show('[data-do="no-consent"]', consent);
  show('[data-waits-consent]', !consent);
  const canRecord = Boolean(globalThis.MediaRecorder) && consent;
  show('[data-do="record"]', canRecord || Boolean(recorder));
  if (!consent && recorder) stopRecording();
}

async function talkOn() {
  while (inside) {
    await round();
    const busy = outbox.length > 0 || [...others.values()].some(({ state }) => state !== 'connected');
    for (let rest = busy ? 4 : 12; rest > 0 && inside && (outbox.length === 0 || rest > 9); rest--) await wait(150);
  }
}

async function enter() {
  if (inside) return;
  say('entering');
  try {
    await openMic();
    audio().resume();
    ({ seat } = await ask({ do: 'join' }));
    ice = await ask({ do: 'ice' });
  } catch {
    return say('refused');
  }
  inside = true;
  poor = false;
  seen.clear();
  for (const part of room.querySelectorAll('[data-before]')) part.hidden = true;
  show('[data-inside]');
  // hers stays off until she says otherwise
  if (KIND === 'video' && ROLE === 'officer') await openCamera();
  else closeCamera();
  ownWay();
  talkOn();
  watch();
}
function leave(why = 'left') {
  inside = false;
  stopRecording();
  for (const other of [...others.values()]) part(other);
  mic?.stop();
  mic = undefined;
  closeCamera();
  show('[data-inside]', false);
  for (const part of room.querySelectorAll('[data-before]')) part.hidden = false;
  say(why);
}

function ownWay() {
  const own = one('[data-own]');
  show(own, Boolean(camera));
  own.srcObject = camera ? new MediaStream([camera]) : null;
  one('[data-own-way]').textContent = wayText(wayNow());
  press('camera', Boolean(camera));
  press('mic', Boolean(mic?.enabled));
}
function press(name, on) {
  const button = one(`[data-do="${name}"]`);
  if (!button) return;
  button.setAttribute('aria-pressed', String(on));
  button.textContent = on ? button.dataset.on : button.dataset.off;
}

// ── recording, by the officer, with her consent ──
let recorder;
let mixer;
function mixIn(track) {
  if (mixer && track.kind === 'audio')
    audio()
      .createMediaStreamSource(new MediaStream([track]))
      .connect(mixer);
}
const PIECE = 120_000;
const base64 = (blob) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(',')[1] ?? '');
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });

/** One picture for the whole room: whoever shows one, she first; nothing of the page around it. */
function paint(canvas) {
  const pen = canvas.getContext('2d');
  const shown = [...others.values()]
    .filter(({ way }) => way.dataset.way === 'video')
    .sort((a) => (a.role === 'her' ? -1 : 1));
  pen.fillStyle = '#22312e';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const video = shown[0]?.video;
  if (video?.videoWidth) pen.drawImage(video, 0, 0, canvas.width, canvas.height);
}

async function startRecording() {
  let recording;
  try {
    ({ recording } = await ask({ do: 'record', part: { do: 'begin' } }));
  } catch {
    return;
  }
  mixer = audio().createMediaStreamDestination();
  if (mic) mixIn(mic);
  for (const other of others.values()) for (const track of other.stream.getAudioTracks()) mixIn(track);
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  paint(canvas);
  const brush = setInterval(() => paint(canvas), 100);
  const stream = new MediaStream([...canvas.captureStream(10).getVideoTracks(), ...mixer.stream.getAudioTracks()]);
  const made = new MediaRecorder(stream, {
    mimeType: 'video/webm;codecs=vp8,opus',
    videoBitsPerSecond: 300_000,
    audioBitsPerSecond: 32_000,
  });
  recorder = made;
  let n = 0;
  // one after the other: a piece is sent until the house has it
  let line = Promise.resolve();
  const add = (blob) => {
    line = line.then(async () => {
      for (let at = 0; at < blob.size; at += PIECE) {
        const bytes = await base64(blob.slice(at, at + PIECE));
        n += 1;
        for (let tries = 0; ; tries++) {
          try {
            await ask({ do: 'record', part: { do: 'piece', recording, n, bytes } });
            break;
          } catch (error) {
            if (error.code !== undefined && error.code !== 'unexpected') return stopRecording();
            if (tries > 60) return stopRecording();
            await wait(1000);
          }
        }
      }
    });
  };
  made.ondataavailable = ({ data }) => data.size > 0 && add(data);
  made.onstop = () => {
    clearInterval(brush);
    line = line.then(() => ask({ do: 'record', part: { do: 'end', recording } })).catch(() => {});
  };
  made.start(1000);
  press('record', true);
}
function stopRecording() {
  if (!recorder) return;
  const made = recorder;
  recorder = undefined;
  mixer = undefined;
  if (made.state !== 'inactive') made.stop();
  press('record', false);
}

const DEEDS = {
  check: async () => {
    await checkMic();
    await checkNet();
  },
  'check-camera': checkCamera,
  enter,
  leave: () => leave(),
  mic: () => {
    if (mic) mic.enabled = !mic.enabled;
    ownWay();
  },
  camera: async () => {
    if (camera) closeCamera();
    else if (await openCamera()) {
      // asked for again by hand: one more try with a picture
      poor = false;
      for (const other of others.values()) other.bad = 0;
      for (const { id } of others.values()) send(id, { quiet: false });
    }
    ownWay();
    await feedAll();
  },
  'call-me': () => {
    callMe = true;
    show('[data-asked]');
  },
  consent: () => ask({ do: 'consent', given: true }),
  'no-consent': () => ask({ do: 'consent', given: false }),
  record: () => (recorder ? stopRecording() : startRecording()),
};
for (const button of room.querySelectorAll('[data-do]'))
  button.addEventListener('click', () => Promise.resolve(DEEDS[button.dataset.do]?.()).catch(() => {}));
addEventListener('pagehide', () => {
  if (inside) leave();
});
room.dataset.ready = '';
