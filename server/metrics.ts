// /metrics, on a port of its own that no proxy leads to: what this process counts and, where it goes the rounds, how the house is doing.
import { statfsSync } from 'node:fs';
import http from 'node:http';
import { faultOf, house, log, measuresText, read, showOwn } from '#foundation';
import { copies, exposition, gauges } from '#operations';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

/** The whole answer. @param whole with the numbers of the house, which are the same whichever process tells them */
export async function metricsText(whole: boolean): Promise<string> {
  if (!whole) return measuresText();
  const told = await read(house(), 'operations.look', async (r) => [
    ...(await gauges(r)),
    ...(await copies(r)).flatMap(({ name, behind_seconds, behind_bytes }) => [
      { name: 'copy_behind_seconds', label: name, value: behind_seconds },
      { name: 'copy_behind_bytes', label: name, value: behind_bytes },
    ]),
  ]);
  return measuresText() + exposition(told);
}

/** Tells with the rest how much room is left below the folder of the data: evidence is refused before the disk is full. */
export function tellRoom(data: string): void {
  showOwn('process_data_free_bytes', 'Room that is left on the disk of ITSSO_DATA', () => {
    const { bavail, bsize } = statfsSync(data);
    return bavail * bsize;
  });
}

/** Opens the door. */
export async function openMetrics(
  at: { host: string; port: number },
  whole: boolean,
  data: string,
): Promise<http.Server> {
  tellRoom(data);
  const server = http.createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.statusCode = 404;
      response.end();
      return;
    }
    metricsText(whole).then(
      (text) => response.setHeader('content-type', TEXT).end(text),
      (error: unknown) => {
        log.error(faultOf(error), 'metrics');
        response.statusCode = 500;
        response.end();
      },
    );
  });
  await new Promise<void>((open, failed) => {
    server.once('error', failed);
    server.listen(at.port, at.host, open);
  });
  return server;
}
