// The line between two houses: whole, cut before or after it was heard, doubled, changed on the way, recorded to be sent again.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type Weather = 'fine' | 'cut' | 'lost-answer' | 'doubled' | 'changed' | 'broken-off';
export type Network = {
  address: string;
  weather: (to: Weather) => void;
  /** every body that has passed, with its path */
  passed: { path: string; body: Buffer; status: number; answer: string }[];
  /** sends a body as it was recorded, or any other */
  send: (path: string, body: Buffer) => Promise<{ status: number; code: string | undefined; text: string }>;
  close: () => Promise<void>;
};

/** A line to a house. */
export async function network(to: string): Promise<Network> {
  let now: Weather = 'fine';
  const passed: Network['passed'] = [];
  const forward = async (path: string, method: string, body: Buffer) => {
    const response = await fetch(new URL(path, to), {
      method,
      headers: { 'content-type': 'application/octet-stream' },
      ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
    });
    const answer = await response.text();
    return { status: response.status, answer };
  };
  const server = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    if (now === 'cut') return request.socket.destroy();
    for await (const part of request) {
      parts.push(part as Buffer);
      if (now === 'broken-off') return request.socket.destroy();
    }
    const body = Buffer.concat(parts);
    const path = request.url ?? '/';
    if (now === 'changed' && body.length > 0) body[body.length - 20]! ^= 1;
    const method = request.method ?? 'GET';
    const [first] = await Promise.all([
      forward(path, method, body),
      now === 'doubled' ? forward(path, method, body) : undefined,
    ]);
    passed.push({ path, body, ...first });
    if (now === 'lost-answer') return request.socket.destroy();
    response.writeHead(first.status, { 'content-type': 'application/json' });
    response.end(first.answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weather: (next) => {
      now = next;
    },
    passed,
    send: async (path, body) => {
      const { status, answer } = await forward(path, 'POST', body);
      return { status, code: (JSON.parse(answer) as { code?: string }).code, text: answer };
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
