// Knocks at this process's own door every ten seconds, as her phone would, and says that it is open when her page came.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { faultOf, log } from '#foundation';
import { doorAnswered, tendDoor } from '#sos';

const EVERY_MS = 10_000;
const PATIENCE_MS = 5000;
const OK = 200;

/** Asks for her page. @throws Error where it does not come, or something else does */
function askForHerPage({ address, port }: AddressInfo): Promise<void> {
  // a door that stands at every address is knocked at from within
  const host = address === '::' || address === '0.0.0.0' ? 'localhost' : address;
  return new Promise((came, failed) => {
    const request = http.get({ host, port, path: '/sos', agent: false, timeout: PATIENCE_MS }, (answer) => {
      answer.resume();
      answer.once('error', failed);
      answer.once('end', () => (answer.statusCode === OK ? came() : failed(new Error(`status ${answer.statusCode}`))));
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', failed);
  });
}

/** Begins to knock. @returns ends it */
export function knock(server: http.Server): () => void {
  const leave = tendDoor();
  let timer: NodeJS.Timeout | undefined;
  let open = true;
  const round = async () => {
    try {
      await askForHerPage(server.address() as AddressInfo);
      await doorAnswered();
    } catch (error) {
      if (open) log.warn(faultOf(error), 'alarm door');
    }
    if (!open) return;
    timer = setTimeout(() => void round(), EVERY_MS);
    timer.unref();
  };
  void round();
  return () => {
    open = false;
    clearTimeout(timer);
    leave();
  };
}
