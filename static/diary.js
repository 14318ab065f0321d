// The diary in voice: speaks into the phone's or the computer's own microphone, hears it again, and sends it in before the entry. Nothing is
// turned into text: what browsers offer for that sends the voice to somebody else. Without this file, or without a microphone, one chooses
// a file of sound after the entry is written.

const LONGEST_MS = 30 * 60_000;
const TYPES = ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4'];
const DOOR = '/api/v1/uploads';
const TRIES = 4;

const box = document.querySelector('[data-voice]');
const type = window.MediaRecorder && TYPES.find((one) => MediaRecorder.isTypeSupported(one));
if (box && type && navigator.mediaDevices?.getUserMedia) begin(box, box.closest('form'), type);

function begin(box, form, type) {
  const button = (name) => box.querySelector(`[data-do="${name}"]`);
  const clock = box.querySelector('[data-time]');
  const player = box.querySelector('audio');
  const field = box.querySelector('input[name="voice"]');
  let recorder;
  let voice;
  let ticking;

  const say = (what) => {
    for (const one of box.querySelectorAll('[data-say]')) one.hidden = one.dataset.say !== what;
  };
  const show = (...names) => {
    for (const name of ['record', 'stop', 'drop']) button(name).hidden = !names.includes(name);
  };
  const told = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

  button('record').addEventListener('click', async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      say('no-microphone');
      return;
    }
    const parts = [];
    const since = performance.now();
    recorder = new MediaRecorder(sound, { mimeType: type, audioBitsPerSecond: 32_000 });
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearInterval(ticking);
      for (const track of sound.getTracks()) track.stop();
      voice = new Blob(parts, { type });
      field.value = '';
      player.src = URL.createObjectURL(voice);
      player.hidden = false;
      show('drop');
      say('recorded');
      button('drop').focus();
    };
    ticking = setInterval(() => {
      const gone = performance.now() - since;
      clock.textContent = told(gone);
      if (gone > LONGEST_MS) recorder.stop();
    }, 500);
    clock.textContent = told(0);
    recorder.start(1000);
    show('stop');
    say('recording');
    button('stop').focus();
  });
  button('stop').addEventListener('click', () => recorder.stop());
  button('drop').addEventListener('click', () => {
    URL.revokeObjectURL(player.src);
    player.removeAttribute('src');
    player.hidden = true;
    voice = undefined;
    field.value = '';
    clock.textContent = '';
    show('record');
    say('');
    button('record').focus();
  });

  // the voice goes first, so that the entry is written with it or not at all
  form.addEventListener('submit', async (event) => {
    const by = event.submitter;
    if (recorder?.state === 'recording') recorder.stop();
    if (by?.hasAttribute('formaction') || field.value || !(voice || recorder?.state === 'recording')) return;
    event.preventDefault();
    say('sending');
    by.disabled = true;
    try {
      field.value = await send(voice, box.dataset.number);
      by.disabled = false;
      form.requestSubmit(by);
    } catch {
      by.disabled = false;
      say('failed');
    }
  });
  show('record');
  box.hidden = false;
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Sends a voice by tus: begun once, carried on where it broke off. @returns the id of the upload */
async function send(voice, number) {
  const headers = { 'tus-resumable': '1.0.0' };
  const said = { number, kind: 'audio', filename: 'voice' };
  const begun = await fetch(DOOR, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(voice.size),
      'upload-metadata': Object.entries(said)
        .map(([name, value]) => `${name} ${base64(value)}`)
        .join(','),
    },
  });
  if (begun.status !== 201) throw new Error('not begun');
  const at = new URL(begun.headers.get('location'), location.href).pathname;
  for (let tries = 0, from = 0; tries < TRIES; tries++) {
    try {
      const sent = await fetch(at, {
        method: 'PATCH',
        headers: { ...headers, 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' },
        body: voice.slice(from),
      });
      if (sent.ok && Number(sent.headers.get('upload-offset')) === voice.size) return at.split('/').at(-1);
      if (sent.status < 500 && sent.status !== 409 && sent.status !== 423) throw new RangeError('refused');
    } catch (fault) {
      if (fault instanceof RangeError) throw fault;
    }
    await new Promise((go) => setTimeout(go, 1000 * 2 ** tries));
    const there = await fetch(at, { method: 'HEAD', headers }).catch(() => undefined);
    from = Number(there?.headers.get('upload-offset') ?? from);
  }
  throw new Error('not sent');
}
