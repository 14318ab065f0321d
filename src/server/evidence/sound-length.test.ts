// How long a voice is, in each of the types in which phones and browsers write it; and nothing is guessed where a file does not say.
import { expect, test } from 'vitest';
import { silence } from '../../../test/evidence-files.ts';
import { soundSeconds } from './sound-length.ts';

const box = (name: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
};
function m4a(seconds: number): Buffer {
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1000, 12);
  mvhd.writeUInt32BE(seconds * 1000, 16);
  return Buffer.concat([
    box('ftyp', Buffer.from('M4A \0\0\0\0')),
    box('mdat', Buffer.alloc(99)),
    box('moov', box('mvhd', mvhd)),
  ]);
}
// as a browser records: a segment and clusters of unknown length, no duration at the head
const UNKNOWN = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
const element = (id: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x40 | (body.length >> 8), body.length & 255]), body]);
function webm(clusters: readonly (readonly [number, readonly number[]])[]): Buffer {
  const block = (at: number) => {
    const body = Buffer.alloc(20);
    body.writeUInt8(0x81);
    body.writeInt16BE(at, 1);
    return element('a3', body);
  };
  const number = (n: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(n);
    return bytes;
  };
  return Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm'))),
    Buffer.from('18538067', 'hex'),
    UNKNOWN,
    element('1549a966', element('2ad7b1', number(1_000_000))),
    ...clusters.flatMap(([at, blocks]) => [
      Buffer.from('1f43b675', 'hex'),
      UNKNOWN,
      element('e7', number(at)),
      ...blocks.map(block),
    ]),
  ]);
}
const amr = (frames: number) =>
  Buffer.concat([
    Buffer.from('#!AMR\n'),
    ...Array.from({ length: frames }, () => Buffer.concat([Buffer.from([0x3c]), Buffer.alloc(31)])),
  ]);

test.each([
  ['an MP3', 'audio/mpeg', silence(), 11],
  [
    'an MP3 with a tag before it',
    'audio/mpeg',
    Buffer.concat([Buffer.from([73, 68, 51, 4, 0, 0, 0, 0, 1, 0]), Buffer.alloc(128), silence()]),
    11,
  ],
  ['what a phone writes', 'audio/mp4', m4a(95), 95],
  ['what an old phone writes', 'audio/amr', amr(151), 4],
  [
    'what a browser records',
    'video/webm',
    webm([
      [0, [0, 20, 40]],
      [30_000, [0, 4980]],
    ]),
    35,
  ],
] as const)('%s', (_what, media, bytes, seconds) => expect(soundSeconds(media, bytes)).toBe(seconds));

test.each([
  ['nothing in it', 'video/webm', Buffer.alloc(0)],
  ['a head and no more', 'video/webm', webm([])],
  ['cut off within a number', 'video/webm', webm([[0, [0]]]).subarray(0, 40)],
  ['no box that says it', 'audio/mp4', box('ftyp', Buffer.from('M4A \0\0\0\0'))],
  ['a length of nothing', 'audio/mp4', m4a(0)],
  ['text', 'text/plain', Buffer.from('abc')],
] as const)('%s: it does not say, and nothing is guessed', (_what, media, bytes) =>
  expect(soundSeconds(media, bytes)).toBeNull(),
);
