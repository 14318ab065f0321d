// A network that fails: what is sent through it gets lost after so many bytes of one connection.
import net, { type AddressInfo } from 'node:net';

/** `breaksAfter` can be set at any time; at first it holds. */
export type Network = { port: number; breaksAfter: number; close: () => void };

/** Lays it between a client and a server of this machine. @param to the server's port, asked anew for each connection */
export async function layNetwork(to: () => number): Promise<Network> {
  const network: Network = { port: 0, breaksAfter: Number.POSITIVE_INFINITY, close: () => server.close() };
  const server = net.createServer((client) => {
    const upstream = net.connect(to(), '127.0.0.1');
    let passed = 0;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const one of [client, upstream]) one.on('error', end).on('close', end);
    client.on('data', (bytes) => {
      passed += bytes.length;
      if (passed > network.breaksAfter) {
        // what was sent before is on its way still
        client.pause();
        setTimeout(end, 600);
        return;
      }
      if (!upstream.write(bytes)) {
        client.pause();
        upstream.once('drain', () => client.resume());
      }
    });
    upstream.pipe(client);
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  network.port = (server.address() as AddressInfo).port;
  return network;
}
