// The sound of an order. A browser lets a page sound only after a press; until then the phone shakes.
/** @param heard called when the sound has come on, or was taken away by the phone */
export function orderSound(heard: (on: boolean) => void): { allow: () => void; ring: () => void } {
  let audio: AudioContext | undefined;
  return {
    allow() {
      if (!audio) {
        const made = new AudioContext();
        made.addEventListener('statechange', () => heard(made.state === 'running'));
        audio = made;
      }
      // a call or another program may have taken it
      if (audio.state !== 'running') void audio.resume();
    },
    ring() {
      navigator.vibrate?.([400, 150, 400, 150, 400]);
      if (!audio) return;
      for (let n = 0; n < 6; n++) {
        const tone = audio.createOscillator();
        const volume = audio.createGain();
        tone.type = 'square';
        tone.frequency.value = n % 2 ? 660 : 990;
        volume.gain.value = 0.4;
        tone.connect(volume).connect(audio.destination);
        tone.start(audio.currentTime + n * 0.25);
        tone.stop(audio.currentTime + n * 0.25 + 0.2);
      }
    },
  };
}
