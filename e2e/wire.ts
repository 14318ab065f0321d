// The house as a browser without any extras meets it: plain HTTP with cookies, each answer on a connection of its own, every byte counted.
import http from 'node:http';
import zlib from 'node:zlib';

export type WireAnswer = {
  at: string;
  status: number;
  headers: http.IncomingHttpHeaders;
  cookies: string[];
  text: string;
  /** all that came over the line: status, headers and body as packed */
  bytes: number;
};
export type Wire = {
  get: (at: string, headers?: Record<string, string>) => Promise<WireAnswer>;
  /** sends a form, as a browser does */
  post: (at: string, form: [string, string][] | Buffer, headers?: Record<string, string>) => Promise<WireAnswer>;
  /** presses a button of her page and looks at the page that follows */
  press: (button: string, form?: [string, string][]) => Promise<WireAnswer>;
  /** every answer so far */
  answers: WireAnswer[];
  cookie: () => string;
};

/**
 * Opens a line to the house, with an empty jar of cookies.
 * @param url the house's address
 */
export function openWire(url: string): Wire {
  const jar = new Map<string, string>();
  const answers: WireAnswer[] = [];
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

  const ask = (
    method: string,
    at: string,
    body: Buffer | undefined,
    more: Record<string, string>,
  ): Promise<WireAnswer> =>
    new Promise((done, failed) => {
      const headers = {
        accept: 'text/html',
        'accept-encoding': 'br',
        ...(jar.size && { cookie: cookie() }),
        ...(body && {
          origin: url,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(body.length),
        }),
        ...more,
      };
      const request = http.request(new URL(at, url), { method, headers, agent: false }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', failed);
        response.on('end', () => {
          const packed = Buffer.concat(parts);
          const cookies = response.headers['set-cookie'] ?? [];
          for (const set of cookies) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
            if (value === '' || /max-age=0/i.test(set)) jar.delete(name);
            else jar.set(name, value);
          }
          const answer = {
            at: new URL(at, url).pathname,
            status: response.statusCode ?? 0,
            headers: response.headers,
            cookies,
            text: (response.headers['content-encoding'] === 'br' ? zlib.brotliDecompressSync(packed) : packed).toString(
              'utf8',
            ),
            bytes: request.socket?.bytesRead ?? 0,
          };
          answers.push(answer);
          done(answer);
        });
      });
      request.on('error', failed);
      request.end(body);
    });

  const get: Wire['get'] = (at, headers = {}) => ask('GET', at, undefined, headers);
  const post: Wire['post'] = (at, form, headers = {}) =>
    ask('POST', at, Buffer.isBuffer(form) ? form : Buffer.from(new URLSearchParams(form).toString()), headers);
  const press: Wire['press'] = async (button, form = []) => {
    const answer = await post('/', [...form, ['do', button]]);
    return answer.status === 303 ? get(answer.headers.location ?? '/') : answer;
  };
  return { get, post, press, answers, cookie };
}
