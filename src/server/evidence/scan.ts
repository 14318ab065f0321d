// The malware scanner, where there is one: clamd at its unix socket, asked in streams (INSTREAM).
import net from 'node:net';

/** `found`: refused. `not-scanned`: no scanner, or it could not say; kept apart and marked until somebody takes the risk. */
export type Scan = 'clean' | 'found' | 'not-scanned';
const SILENT_FOR = 60_000;

/** A scan that is fed while the file is read for other reasons. */
export type Scanner = { feed: (bytes: Buffer) => Promise<void>; end: () => Promise<Scan> };

const none: Scanner = { feed: async () => undefined, end: async () => 'not-scanned' };

/**
 * Begins a scan.
 * @param socket path of clamd's socket; without one nothing is scanned, and that is said
 */
export async function beginScan(socket: string | undefined): Promise<Scanner> {
  if (!socket) return none;
  const to = net.connect({ path: socket });
  const ready = await new Promise<boolean>((known) => {
    to.once('connect', () => known(true));
    to.once('error', () => known(false));
  });
  if (!ready) return none;
  let said = '';
  let gone = false;
  to.setTimeout(SILENT_FOR, () => to.destroy());
  to.on('error', () => undefined);
  to.on('data', (bytes) => (said += bytes.toString('latin1')));
  const ended = new Promise<void>((done) =>
    to.once('close', () => {
      gone = true;
      done();
    }),
  );
  to.write('zINSTREAM\0');
  const send = async (bytes: Buffer) => {
    if (!gone && !to.write(bytes)) await Promise.race([new Promise((go) => to.once('drain', go)), ended]);
  };
  return {
    async feed(bytes) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      await send(Buffer.concat([length, bytes]));
    },
    async end() {
      await send(Buffer.alloc(4));
      await ended;
      if (/ FOUND\0?$/.test(said)) return 'found';
      return /^stream: OK\0?$/.test(said) ? 'clean' : 'not-scanned';
    },
  };
}
