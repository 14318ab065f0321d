// A door before the house for scanners: says the origin that a browser would say, so that forms are really tried and not refused at once,
// and answers by itself where following would end the session that is being tried.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type Front = { url: string; close: () => void };

/**
 * Opens the door.
 * @param house where the running system answers
 * @param leave paths with their query that are answered with 404
 */
export async function openFront(house: string, leave: readonly string[]): Promise<Front> {
  const at = new URL(house);
  const server = http.createServer((asked, answer) => {
    const path = asked.url ?? '/';
    if (leave.some((one) => path === one || path.startsWith(`${one}?`) || path.startsWith(`${one}&`))) {
      answer.writeHead(404).end();
      return;
    }
    const headers = { ...asked.headers, host: at.host, origin: at.origin };
    const on = http.request({ host: at.hostname, port: at.port, method: asked.method, path, headers }, (from) => {
      const { location } = from.headers;
      const told = {
        ...from.headers,
        ...(location?.startsWith(at.origin) ? { location: location.slice(at.origin.length) } : {}),
      };
      answer.writeHead(from.statusCode ?? 502, told);
      from.pipe(answer);
    });
    on.on('error', () => answer.writableEnded || answer.destroy());
    asked.pipe(on);
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
