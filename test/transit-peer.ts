// A small peer that speaks the transit engine's part of Vault: versions of one key, wrapped with associated data, a version that is refused.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type TransitPeer = {
  url: string;
  token: string;
  /** lets every request fail, as an engine that is sealed */
  seal: (sealed: boolean) => void;
  asked: string[];
  close: () => Promise<void>;
};
type Body = { plaintext?: string; ciphertext?: string; associated_data?: string; min_decryption_version?: number };

/** Opens it on a free port of this machine. */
export async function transitPeer(): Promise<TransitPeer> {
  const token = randomBytes(16).toString('hex');
  const versions: Buffer[] = [randomBytes(32)];
  const asked: string[] = [];
  let least = 1;
  let sealed = false;
  const answer = (what: string, body: Body): { status: number; data?: unknown } => {
    const aad = Buffer.from(body.associated_data ?? '', 'base64');
    if (what === 'keys/itsso')
      return { status: 200, data: { latest_version: versions.length, min_decryption_version: least } };
    if (what === 'keys/itsso/rotate') return { status: 204, data: versions.push(randomBytes(32)) };
    if (what === 'keys/itsso/config') {
      least = body.min_decryption_version ?? least;
      return { status: 204 };
    }
    if (what === 'encrypt/itsso') {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', versions.at(-1)!, iv).setAAD(aad);
      const sealedText = Buffer.concat([
        iv,
        cipher.update(Buffer.from(body.plaintext ?? '', 'base64')),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return { status: 200, data: { ciphertext: `vault:v${versions.length}:${sealedText.toString('base64')}` } };
    }
    if (what === 'decrypt/itsso') {
      const [, version = '0', text = ''] = /^vault:v(\d+):(.+)$/.exec(body.ciphertext ?? '') ?? [];
      const key = versions[Number(version) - 1];
      if (!key || Number(version) < least) return { status: 400 };
      const bytes = Buffer.from(text, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
        .setAAD(aad)
        .setAuthTag(bytes.subarray(-16));
      try {
        const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
        return { status: 200, data: { plaintext: plain.toString('base64') } };
      } catch {
        return { status: 400 };
      }
    }
    return { status: 404 };
  };
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const what = (request.url ?? '').replace('/v1/transit/', '');
      asked.push(what);
      const text = Buffer.concat(parts).toString();
      const said = sealed
        ? { status: 503 }
        : request.headers['x-vault-token'] === token
          ? answer(what, text ? (JSON.parse(text) as Body) : {})
          : { status: 403 };
      response.writeHead(said.status, { 'content-type': 'application/json' });
      response.end('data' in said && said.status === 200 ? JSON.stringify({ data: said.data }) : undefined);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    seal: (now) => {
      sealed = now;
    },
    asked,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
