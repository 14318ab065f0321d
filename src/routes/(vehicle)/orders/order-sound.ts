// The sound of an order. A browser lets a page sound only after a press; until then the phone shakes.
export function orderSound(): { allow: () => void; ring: () => void } {
  let audio: AudioContext | undefined;
  return {
    allow() {
      audio ??= new AudioContext();
      void audio.resume();
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
