// The two digits that a crew says first and that she sees beside its vehicle: within one alarm each vehicle says another.
import { randomInt } from 'node:crypto';

const ALL = 100;
/** With fewer left to draw from, an alarm that has spent nearly all of them begins anew. */
const LEFT = 5;

/**
 * Draws match numbers, no two alike.
 * @param many how many are wanted, at most ninety
 * @param given those that other orders of the same alarm have: none of them is drawn, unless nearly all are spent
 * @returns two digits each
 */
export function matchNumbers(many: number, given: ReadonlySet<string>): string[] {
  const spent = given.size + many > ALL - LEFT ? new Set<string>() : given;
  const drawn = new Set<string>();
  while (drawn.size < many) {
    const number = String(randomInt(ALL)).padStart(2, '0');
    if (!spent.has(number)) drawn.add(number);
  }
  return [...drawn];
}
