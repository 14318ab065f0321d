// The board's keys. Where somebody writes, and with another key held, they are nobody's.
const DEEDS: Readonly<Record<string, string>> = { KeyR: 'reinforce', KeyW: 'widen', KeyC: 'call', Digit1: 'hand-112' };

/**
 * Does what a key asks for.
 * @param on what can be asked: the alarm after or before this one, the sound, the field to close by, a deed
 */
export function press(
  event: KeyboardEvent,
  on: { step: (by: 1 | -1) => void; sound: () => void; close: () => void; deed: (deed: string) => void },
): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select')) return;
  const deed = DEEDS[event.code];
  if (event.code === 'KeyJ') on.step(1);
  else if (event.code === 'KeyK') on.step(-1);
  else if (event.code === 'KeyS') on.sound();
  else if (event.code === 'KeyX') on.close();
  else if (deed) on.deed(deed);
}
