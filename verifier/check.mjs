// Checks a proof offline, without this project: node check.mjs document.txt ["NAME+ID+KEY"]
// Written from RFC 9162 and the C2SP texts alone; it shares no line with what made the proof. Needs Node 20 and nothing else.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [, , file, givenKey] = process.argv;
const sha = (...parts) => parts.reduce((h, part) => h.update(part), createHash('sha256')).digest();
const fromBase64 = (text) => Buffer.from(text, 'base64');
const u32 = (n) => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
const framed = (bytes) => Buffer.concat([u32(bytes.length), bytes]);

/** The key of a note verifier: name+id+base64(type, key). */
function readKey(text) {
  const [, name, id, rest] = /^(.+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  if (!name) throw new Error('the key cannot be read');
  const raw = fromBase64(rest);
  if (raw[0] !== 1 || raw.length !== 33) throw new Error('the key is not an Ed25519 key');
  if (sha(`${name}\n`, raw).toString('hex').slice(0, 8) !== id) throw new Error('the key does not fit its number');
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.subarray(1).toString('base64url') },
    format: 'jwk',
  });
  return { name, id, key };
}

/** The signed text of a note. */
function openNote(note, { name, id, key }) {
  const cut = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, cut);
  for (const line of note.slice(cut + 1).split('\n')) {
    const [dash, by, signature] = line.split(' ');
    if (dash !== '\u2014' || by !== name || !signature) continue;
    const bytes = fromBase64(signature);
    if (bytes.subarray(0, 4).toString('hex') === id && verify(null, Buffer.from(text), key, bytes.subarray(4)))
      return text.split('\n');
  }
  throw new Error('nobody with this key has signed it');
}

/** RFC 9162, 2.1.3.2. */
function rootOf(index, size, leaf, proof) {
  let fn = BigInt(index);
  let sn = BigInt(size) - 1n;
  if (fn > sn) throw new Error('the entry is beyond the end');
  let r = leaf;
  for (const p of proof) {
    if (sn === 0n) throw new Error('the proof is too long');
    if (fn & 1n || fn === sn) {
      r = sha(Buffer.from([1]), p, r);
      if (!(fn & 1n)) while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else r = sha(Buffer.from([1]), r, p);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  if (sn !== 0n) throw new Error('the proof is too short');
  return r;
}

function shortOf(hash) {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bits = [...hash.subarray(0, 8)]
    .map((b) => b.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, 60);
  return bits
    .match(/.{5}/g)
    .map((five) => letters[Number.parseInt(five, 2)])
    .join('')
    .match(/.{4}/g)
    .join('-');
}

function leafOf({ time, about }) {
  const at = Buffer.alloc(8);
  at.writeBigUInt64BE(BigInt(time));
  return sha(Buffer.from([0]), framed(Buffer.from('itsso-log/1')), framed(at), framed(fromBase64(about)));
}

try {
  if (!file) throw new Error('node check.mjs document.txt ["NAME+ID+KEY"]');
  const said = JSON.parse(readFileSync(file, 'utf8'));
  if (givenKey && givenKey !== said.key) throw new Error('the document names another key than the one you were given');
  const key = readKey(said.key);
  const [origin, size, root, when] = said.entries.some(({ proof }) => proof) ? openNote(said.checkpoint, key) : [];
  if (origin) console.log(`${origin}: ${size} entries, signed ${new Date(Number(when.slice(5)) * 1000).toISOString()}`);
  for (const entry of said.entries) {
    const leaf = leafOf(entry);
    const at = new Date(entry.time / 1000).toISOString();
    if (entry.proof) {
      if (!rootOf(entry.index, size, leaf, entry.proof.map(fromBase64)).equals(fromBase64(root)))
        throw new Error(`entry ${entry.index} is not in the log`);
      console.log(`${at}  ${shortOf(leaf)}  in the log at ${entry.index}`);
    } else {
      const [, hash] = openNote(entry.promise, key);
      if (!fromBase64(hash).equals(leaf)) throw new Error('the promise is about another entry');
      console.log(`${at}  ${shortOf(leaf)}  promised, not yet in the log`);
    }
  }
  console.log(givenKey ? 'All right.' : `All right, if this is the key that is published: ${said.key}`);
} catch (error) {
  console.error(`Not right: ${error.message}.`);
  process.exitCode = 1;
}
