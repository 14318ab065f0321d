// True time stands still while a run lasts. What the house measures by it – for how long a vehicle counts as taken, how old a fleet is in memory,
// whether somebody still sits there – would be decided by how fast the machine is.

/** Long after the process began, however long it took to get so far: what it has never done was not done just now. */
const HELD_MS = 1_000_000_000;

/** From here on this process's own count of time stands still. @returns lets it go on */
export function holdTrueTime(): () => void {
  Object.defineProperty(performance, 'now', { value: () => HELD_MS, configurable: true, writable: true });
  return () => {
    Reflect.deleteProperty(performance, 'now');
  };
}
