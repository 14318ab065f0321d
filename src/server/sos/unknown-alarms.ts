// Which open alarms have nothing behind them yet: no number, no crew that met her, no word of the control room. As the owner of the fleet knows it.
const unknown = new Set<string>();

/** An alarm was raised, or read of: whether something stands behind it. */
export function hearOfAlarm(alert: string, isUnknown: boolean): void {
  if (isUnknown) unknown.add(alert);
  else unknown.delete(alert);
}
export const isUnknown = (alert: string): boolean => unknown.has(alert);
export const unknownAlarms = (): number => unknown.size;
/** Only these still hold a vehicle. */
export function keepUnknown(holding: ReadonlySet<string>): void {
  for (const alert of unknown) if (!holding.has(alert)) unknown.delete(alert);
}
let freed = 0;
/** A vehicle has no order any more: what was counted before that is no longer so. */
export function noteFreed(): void {
  freed += 1;
}
/** How often a vehicle was freed so far. */
export const timesFreed = (): number => freed;
export const forgetAlarms = (): void => unknown.clear();
