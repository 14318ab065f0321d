// True time stands still while a run lasts. What the house measures by it – for how long a vehicle counts as taken, how old a fleet is in memory,
// whether somebody still sits there – would be decided by how fast the machine is.

/** From here on this process's own count of time stays where it is. @returns lets it go on */
export function holdTrueTime(): () => void {
  const held = performance.now();
  Object.defineProperty(performance, 'now', { value: () => held, configurable: true, writable: true });
  return () => {
    Reflect.deleteProperty(performance, 'now');
  };
}
