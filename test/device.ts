// A device that makes and uses passkeys, for tests: what a phone does, with keys in memory.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

function head(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n]);
  if (n < 256) return Buffer.from([(major << 5) | 24, n]);
  return Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
}
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, of]) => [cbor(key), cbor(of)])]);
}
const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const b64 = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

export type Device = ReturnType<typeof newDevice>;

/**
 * A device before the page of an origin.
 * @param at what the device believes, and whether it asks its owner for a finger or a PIN
 */
export function newDevice(at: { origin: string; host: string; verifies?: boolean }) {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const id = randomBytes(32);
  let handle = '';
  let counter = 0;
  const flags = (attested: boolean) => 0x01 | (at.verifies === false ? 0 : 0x04) | (attested ? 0x40 : 0);
  const counted = () => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(counter);
    return four;
  };
  const told = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: at.origin, crossOrigin: false }));
  const answer = { id: b64(id), rawId: b64(id), type: 'public-key' as const, clientExtensionResults: {} };

  return {
    id: answer.id,
    /** sets the counter back, as a copied key would */
    turnBack: () => {
      counter = 0;
    },
    make(options: { challenge: string; user: { id: string } }) {
      handle = options.user.id;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const key = cbor(
        new Map<number, Cbor>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      );
      const data = Buffer.concat([
        sha256(at.host),
        Buffer.from([flags(true)]),
        counted(),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        key,
      ]);
      const object = cbor(
        new Map<string, Cbor>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      );
      return {
        ...answer,
        response: {
          clientDataJSON: b64(told('webauthn.create', options.challenge)),
          attestationObject: b64(object),
          transports: ['internal'],
        },
      };
    },
    sign(options: { challenge: string }) {
      counter += 1;
      const data = Buffer.concat([sha256(at.host), Buffer.from([flags(false)]), counted()]);
      const client = told('webauthn.get', options.challenge);
      return {
        ...answer,
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(data),
          signature: b64(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
          userHandle: handle,
        },
      };
    },
  };
}
