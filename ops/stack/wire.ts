// A wire between two programs of this machine that can be cut, mended and made slow: what is sent into a cut wire is lost, and nobody hears
// of it. (Loopback has no cable to pull.)
import net, { type AddressInfo } from 'node:net';

export type Wire = {
  port: number;
  /** nothing goes through, and nothing is told: as when a switch dies */
  cut: () => void;
  /** what hangs is broken off; new connections go through */
  mend: () => void;
  /** everything is so many milliseconds late */
  delay: (ms: number) => void;
  close: () => void;
};

/** Lays a wire to a port of this machine. @param at its own port; 0 draws one */
export async function layWire(to: number, at = 0): Promise<Wire> {
  let isCut = false;
  let late = 0;
  const open = new Set<net.Socket>();
  const carry = (from: net.Socket, into: net.Socket) =>
    from.on('data', (bytes) => {
      if (isCut) return;
      const send = () => {
        if (!isCut && !into.destroyed && !into.write(bytes)) {
          from.pause();
          into.once('drain', () => from.resume());
        }
      };
      if (late > 0) setTimeout(send, late);
      else send();
    });
  const server = net.createServer((client) => {
    const far = net.connect({ port: to, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    const end = () => {
      // an end is news too: it does not get through a cut wire
      if (isCut) return;
      client.destroy();
      far.destroy();
    };
    for (const one of [client, far]) {
      open.add(one);
      one.on('error', end).on('close', () => {
        open.delete(one);
        end();
      });
    }
    carry(client, far);
    carry(far, client);
  });
  await new Promise<void>((listening) => server.listen(at, '127.0.0.1', listening));
  const breakAll = () => {
    for (const one of open) one.destroy();
    open.clear();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
      breakAll();
    },
    delay: (ms) => {
      late = ms;
    },
    close: () => {
      isCut = false;
      breakAll();
      server.close();
    },
  };
}
