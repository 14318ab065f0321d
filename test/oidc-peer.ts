// A small identity provider of a state, for tests: real HTTP, real signatures, PKCE checked; it can be told to lie.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const b64 = (data: string | Buffer): string => Buffer.from(data).toString('base64url');
type Asked = { challenge: string; nonce: string; redirect: string };
/** What the next identity token says otherwise than it should. */
export type Lie = 'nonce' | 'audience' | 'signature' | 'expired' | 'issuer' | 'old-sign-in';

/**
 * Starts a provider that knows one client.
 * @param client id and secret of the house there
 */
export async function oidcPeer(client: { id: string; secret: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const codes = new Map<string, Asked>();
  const peer = {
    issuer: '',
    person: 'up-1',
    acr: 'loa2',
    lie: undefined as Lie | undefined,
    asked: 0,
    close: async () => undefined as unknown,
  };

  const tokenFor = (asked: Asked): string => {
    const now = Math.floor(Date.now() / 1000);
    const { lie } = peer;
    const body = {
      iss: lie === 'issuer' ? 'http://another.example' : peer.issuer,
      sub: `subject-${peer.person}`,
      employee: peer.person,
      acr: peer.acr,
      aud: lie === 'audience' ? 'another' : client.id,
      nonce: lie === 'nonce' ? 'another' : asked.nonce,
      auth_time: lie === 'old-sign-in' ? now - 3600 : now,
      iat: lie === 'expired' ? now - 7200 : now,
      exp: lie === 'expired' ? now - 3600 : now + 300,
    };
    const head = `${b64(JSON.stringify({ alg: 'RS256', kid: 'one', typ: 'JWT' }))}.${b64(JSON.stringify(body))}`;
    return `${head}.${b64(sign('RSA-SHA256', Buffer.from(head), lie === 'signature' ? other : privateKey))}`;
  };
  const answer = (response: http.ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const token = (request: http.IncomingMessage, response: http.ServerResponse, form: URLSearchParams): void => {
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    // RFC 6749, 2.3.1: both are written as in a form before they are joined
    const [id = '', secret = ''] = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64')
      .toString()
      .split(':')
      .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    const good =
      id === client.id &&
      secret === client.secret &&
      asked?.redirect === form.get('redirect_uri') &&
      createHash('sha256').update(verifier).digest('base64url') === asked?.challenge;
    if (!asked || !good) answer(response, 400, { error: 'invalid_grant' });
    else answer(response, 200, { access_token: 'unused', token_type: 'Bearer', id_token: tokenFor(asked) });
  };
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', peer.issuer);
    peer.asked++;
    if (url.pathname === '/.well-known/openid-configuration')
      return answer(response, 200, {
        issuer: peer.issuer,
        authorization_endpoint: `${peer.issuer}/authorize`,
        token_endpoint: `${peer.issuer}/token`,
        jwks_uri: `${peer.issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (url.pathname === '/keys')
      return answer(response, 200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
      });
    if (url.pathname === '/authorize') {
      const said = (name: string): string => url.searchParams.get(name) ?? '';
      const code = b64(randomBytes(16));
      codes.set(code, { challenge: said('code_challenge'), nonce: said('nonce'), redirect: said('redirect_uri') });
      response.writeHead(302, { location: `${said('redirect_uri')}?code=${code}&state=${said('state')}` }).end();
      return;
    }
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => token(request, response, new URLSearchParams(body)));
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  peer.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  peer.close = () => new Promise((closed) => server.close(closed));
  return peer;
}
