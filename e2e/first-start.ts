// Once per run of journeys: a house is started for the first time and closed in order. Every journey begins with a copy of what it left,
// and so without making a database anew; the first start itself is walked by `storm.e2e.ts`.
import { mkdirSync, rmSync } from 'node:fs';
import { startHouse } from './house.ts';
import { ownLitter } from '../test/litter.ts';
import { judgedAt } from './judge.ts';

let tidy: (() => void) | undefined;

export async function setup(): Promise<void> {
  tidy = ownLitter();
  const house = await startHouse();
  await house.stop();
  process.env.ITSSO_E2E_BEGUN = house.data;
  mkdirSync(judgedAt(house.data));
}

export function teardown(): void {
  const begun = process.env.ITSSO_E2E_BEGUN;
  if (begun) for (const folder of [begun, judgedAt(begun)]) rmSync(folder, { recursive: true, force: true });
  tidy?.();
}
