// A sender of complaints that costs little itself: it works on the cores that it measures.
import http from 'node:http';

/** @returns sends a body as JSON by a connection that stays open, and tells how it was answered */
export function openSender(url: string, lines: number): (body: Record<string, unknown>) => Promise<number> {
  const { hostname, port, pathname } = new URL(url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: lines });
  return (body) =>
    new Promise((done, failed) => {
      const text = Buffer.from(JSON.stringify(body));
      const headers = { 'content-type': 'application/json', 'content-length': text.length };
      http
        .request({ hostname, port, path: pathname, method: 'POST', agent, headers }, (answer) => {
          answer.resume();
          answer.once('end', () => done(answer.statusCode ?? 0)).once('error', failed);
        })
        .once('error', failed)
        .end(text);
    });
}
