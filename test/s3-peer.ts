// An object store for the tests, as S3 as this house needs it: it checks every signature (SigV4) and the SHA-256 of every body against
// the secret, keeps the rules of parts, and can be told to be gone, to tear off an answer, or to lose one. It keeps its bytes on the disk.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Bucket } from '#evidence';

const LEAST_PART = 5 * 1024 * 1024;
const sha256 = (of: Buffer | string) => createHash('sha256').update(of).digest('hex');
const hmac = (key: Buffer | string, of: string) => createHmac('sha256', key).update(of).digest();
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

class Answer extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Whether a request is signed by who knows the secret, over what was really sent. */
function checkSignature(request: http.IncomingMessage, body: Buffer, to: Bucket): void {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!said) throw new Answer(403, 'AccessDenied');
  const [, who = '', scope = '', names = '', signature = ''] = said;
  if (who !== to.key) throw new Answer(403, 'InvalidAccessKeyId');
  const header = (name: string) =>
    String(request.headers[name] ?? '')
      .trim()
      .replaceAll(/ +/g, ' ');
  const signed = names.split(';');
  for (const needed of ['host', 'x-amz-date', 'x-amz-content-sha256'])
    if (!signed.includes(needed)) throw new Answer(403, 'AccessDenied');
  if (header('x-amz-content-sha256') !== sha256(body)) throw new Answer(400, 'XAmzContentSHA256Mismatch');
  const url = new URL(request.url ?? '/', 'http://store');
  const query = [...url.searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`).sort();
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    ...signed.map((name) => `${name}:${header(name)}`),
    '',
    names,
    header('x-amz-content-sha256'),
  ].join('\n');
  const [day = '', region = '', service = '', end = ''] = scope.split('/');
  if (region !== to.region || service !== 's3' || end !== 'aws4_request') throw new Answer(403, 'AccessDenied');
  const key = [region, service, end].reduce((from, part) => hmac(from, part), hmac(`AWS4${to.secret}`, day));
  const right = hmac(key, ['AWS4-HMAC-SHA256', header('x-amz-date'), scope, sha256(canonical)].join('\n'));
  if (!timingSafeEqual(right, Buffer.from(signature, 'hex'))) throw new Answer(403, 'SignatureDoesNotMatch');
}

export type Peer = Awaited<ReturnType<typeof openStore>>;

/** Opens a store with one bucket, empty. */
export async function openStore() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-store-'));
  const to: Bucket = {
    endpoint: '',
    region: 'in-north-1',
    bucket: 'evidence-kept',
    key: 'KEYOFTHEHOUSE',
    secret: randomBytes(20).toString('hex'),
  };
  const uploads = new Map<string, { key: string; at: number }>();
  const fault = { gone: false, tearsAfter: Number.POSITIVE_INFINITY, losesAnswerTo: '', refuses: '' };
  let sent = 0;
  const placeOf = (key: string) => path.join(folder, `object-${key.replaceAll('/', '-')}`);
  const placeOfPart = (upload: string, part: number) => path.join(folder, `part-${upload}-${part}`);
  const partsOf = (upload: string) =>
    readdirSync(folder)
      .flatMap((name) => (name.startsWith(`part-${upload}-`) ? Number(name.split('-').at(-1)) : []))
      .sort((one, two) => one - two);
  const tagOf = (place: string) => `"${createHash('md5').update(readFileSync(place)).digest('hex')}"`;
  const there = (key: string) => {
    try {
      return statSync(placeOf(key)).size;
    } catch {
      return undefined;
    }
  };
  const forget = (upload: string) => {
    for (const part of partsOf(upload)) rmSync(placeOfPart(upload, part));
    uploads.delete(upload);
  };

  function get(request: http.IncomingMessage, response: http.ServerResponse, key: string): void {
    const size = there(key) ?? absent();
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const from = Number(range?.[1] ?? 0);
    const last = Math.min(size - 1, Number(range?.[2] ?? size - 1));
    if (from > last) throw new Answer(416, 'InvalidRange');
    const bytes = readFileSync(placeOf(key)).subarray(from, last + 1);
    response.writeHead(range ? 206 : 200, {
      'content-length': bytes.length,
      ...(range ? { 'content-range': `bytes ${from}-${last}/${size}` } : {}),
    });
    sent += bytes.length;
    if (bytes.length <= fault.tearsAfter) {
      response.end(bytes);
      return;
    }
    response.write(bytes.subarray(0, fault.tearsAfter), () => response.destroy());
    fault.tearsAfter = Number.POSITIVE_INFINITY;
  }
  const absent = (code = 'NoSuchKey'): never => {
    throw new Answer(404, code);
  };
  const xml = (response: http.ServerResponse, of: string) =>
    response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${of}`);

  function answer(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://store');
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const q = (name: string) => url.searchParams.get(name);
    const upload = q('uploadId') ?? undefined;
    const method = request.method ?? '';
    if (bucket !== to.bucket) absent('NoSuchBucket');
    if (upload !== undefined && uploads.get(upload)?.key !== key) absent('NoSuchUpload');
    if (method === 'HEAD' && key === '') response.writeHead(200).end();
    else if (method === 'HEAD') response.writeHead(200, { 'content-length': there(key) ?? absent('NotFound') }).end();
    else if (method === 'GET' && q('uploads') !== null)
      xml(
        response,
        `<ListMultipartUploadsResult>${[...uploads]
          .filter(([, of]) => of.key.startsWith(q('prefix') ?? ''))
          .map(
            ([id, of]) =>
              `<Upload><Key>${of.key}</Key><UploadId>${id}</UploadId><Initiated>${new Date(of.at).toISOString()}</Initiated></Upload>`,
          )
          .join('')}<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`,
      );
    else if (method === 'GET' && upload) {
      // two a page, so that whoever reads only the first is found out
      const parts = partsOf(upload).filter((part) => part > Number(q('part-number-marker') ?? 0));
      const page = parts.slice(0, 2);
      xml(
        response,
        `<ListPartsResult>${page
          .map((part) => {
            const place = placeOfPart(upload, part);
            return `<Part><PartNumber>${part}</PartNumber><ETag>${tagOf(place)}</ETag><Size>${statSync(place).size}</Size></Part>`;
          })
          .join(
            '',
          )}<IsTruncated>${parts.length > 2}</IsTruncated><NextPartNumberMarker>${page.at(-1) ?? 0}</NextPartNumberMarker></ListPartsResult>`,
      );
    } else if (method === 'GET') get(request, response, key);
    else if (method === 'POST' && q('uploads') !== null) {
      const id = randomBytes(8).toString('hex');
      uploads.set(id, { key, at: Date.now() });
      xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    } else if (method === 'PUT' && upload) {
      const place = placeOfPart(upload, Number(q('partNumber')));
      writeFileSync(place, body);
      response.writeHead(200, { etag: tagOf(place) }).end();
    } else if (method === 'PUT') {
      writeFileSync(placeOf(key), body);
      response.writeHead(200, { etag: tagOf(placeOf(key)) }).end();
    } else if (method === 'POST' && upload) {
      const named = [...String(body).matchAll(/<Part>.*?<\/Part>/gs)].map(([part]) => ({
        number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
        tag: (/<ETag>(.*?)</.exec(part)?.[1] ?? '').replaceAll('&quot;', '"'),
      }));
      if (named.length === 0) throw new Answer(400, 'MalformedXML');
      for (const [n, { number, tag }] of named.entries()) {
        const place = placeOfPart(upload, number);
        if (!partsOf(upload).includes(number) || tagOf(place) !== tag) throw new Answer(400, 'InvalidPart');
        if (n > 0 && number <= (named[n - 1]?.number ?? 0)) throw new Answer(400, 'InvalidPartOrder');
        if (n < named.length - 1 && statSync(place).size < LEAST_PART) throw new Answer(400, 'EntityTooSmall');
      }
      writeFileSync(placeOf(key), '');
      for (const { number } of named)
        writeFileSync(placeOf(key), readFileSync(placeOfPart(upload, number)), { flag: 'a' });
      forget(upload);
      xml(response, '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
    } else if (method === 'DELETE' && upload) {
      forget(upload);
      response.writeHead(204).end();
    } else if (method === 'DELETE') {
      rmSync(placeOf(key), { force: true });
      response.writeHead(204).end();
    } else throw new Answer(405, 'MethodNotAllowed');
  }

  const server = http.createServer(async (request, response) => {
    const read: Buffer[] = [];
    for await (const chunk of request) read.push(chunk as Buffer);
    const body = Buffer.concat(read);
    const query = new URL(request.url ?? '/', 'http://store').searchParams;
    const what = `${request.method}${query.has('uploads') ? ' uploads' : ''}${query.has('uploadId') ? ' part' : ''}`;
    if (fault.gone || fault.refuses === what) return void response.destroy();
    try {
      checkSignature(request, body, to);
      if (fault.losesAnswerTo === what) {
        fault.losesAnswerTo = '';
        response.end = (() => response.destroy()) as never;
        response.writeHead = (() => response) as never;
      }
      answer(request, response, body);
    } catch (error) {
      const { status, code } = error instanceof Answer ? error : { status: 500, code: 'InternalError' };
      if (request.method === 'HEAD') response.writeHead(status).end();
      else response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
    }
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  to.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    to,
    fault,
    /** bytes of objects handed out so far */
    sent: () => sent,
    /** the keys of whole objects */
    objects: () => readdirSync(folder).filter((name) => name.startsWith('object-')),
    /** how many of its uploads in parts were neither ended nor given up */
    parts: (id: string) => [...uploads.values()].filter(({ key }) => key.endsWith(id)).length,
    bytes: (id: string) => readFileSync(placeOf(`evidence/${id}`)),
    change: (id: string, to: Buffer) => writeFileSync(placeOf(`evidence/${id}`), to),
    everything: () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(path.join(folder, name)))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true });
    },
  };
}
