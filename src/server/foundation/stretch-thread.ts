// The thread on which what nobody waits for is stretched: it gives way to everything else that the machine has to do.
import { argon2Sync } from 'node:crypto';
import os from 'node:os';
import { parentPort } from 'node:worker_threads';

/** How much it gives way: a tenth of what another thread gets where both want the same processor. */
const GIVES_WAY = 10;

// only Linux gives a thread a priority of its own; elsewhere this would be the whole house
if (process.platform === 'linux') os.setPriority(0, GIVES_WAY);
type Asked = { n: number; asked: Parameters<typeof argon2Sync>[1] };
parentPort?.on('message', ({ n, asked }: Asked) => parentPort?.postMessage({ n, hash: argon2Sync('argon2id', asked) }));
