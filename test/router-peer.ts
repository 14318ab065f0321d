// A router that speaks OSRM's table service, as far as it is asked here: roads are straight and everybody drives 10 m a second.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type RouterPeer = {
  url: string;
  /** what was asked, addresses only */
  asked: string[];
  /** how it answers from now on */
  mode: 'well' | 'never' | 'wrong' | 'no-road';
  close: () => Promise<void>;
};
const METRES = 111_195;

/** Starts it on a port of its own. */
export async function routerPeer(): Promise<RouterPeer> {
  const peer: RouterPeer = { url: '', asked: [], mode: 'well', close: async () => undefined };
  const server = http.createServer((request, response) => {
    peer.asked.push(request.url ?? '');
    if (peer.mode === 'never') return;
    if (peer.mode === 'wrong') {
      response.writeHead(500).end('<html>');
      return;
    }
    const [, places = ''] = /^\/table\/v1\/driving\/([-\d.,;]+)\?/.exec(request.url ?? '') ?? [];
    const points = places.split(';').map((pair) => pair.split(',').map(Number));
    const [to = [0, 0], ...from] = points;
    const durations = from.map((at) =>
      peer.mode === 'no-road'
        ? [null]
        : [(Math.hypot((at[0] ?? 0) - (to[0] ?? 0), (at[1] ?? 0) - (to[1] ?? 0)) * METRES) / 10],
    );
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: 'Ok', durations }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  peer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  peer.close = () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return peer;
}
