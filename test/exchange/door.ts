// A house's API door on a port of its own, without pages: what another State's house knocks at.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { newId } from '#foundation';
import { dispatch } from '../../src/routes/api/v1/dispatch.ts';

export type Door = { address: string; close: () => Promise<void> };
/** Opens the door on the loopback. */
export async function openDoor(): Promise<Door> {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const web = new Request(url, {
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      ...(request.method === 'POST' ? { body: Readable.toWeb(request), duplex: 'half' } : {}),
    } as RequestInit);
    void dispatch({
      request: web,
      url,
      path: url.pathname.slice('/api/v1/'.length),
      bearer: undefined,
      request_id: newId(),
      address: '203.0.113.9',
    }).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
      request.resume();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
