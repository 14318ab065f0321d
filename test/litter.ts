// What a run of tests leaves in the machine's temporary folder is thrown away with it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';

/**
 * Gives this process and all that it starts a temporary folder of their own. Its path is short, for sockets lie in it, and any user may write
 * there, for the database has its own.
 * @returns throws it away
 */
export function ownLitter(): () => void {
  const folder = mkdtempSync('/tmp/itsso-run-');
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  // a browser that is closing still tidies up there itself
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
