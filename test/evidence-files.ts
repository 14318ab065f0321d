// Files as they come in: real ones of each kind, made here, and those that must be refused.
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A film of a given length: a head that says MP4, then noise. */
export const film = (bytes: number): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 0x18]),
    Buffer.from('ftypisom\0\0\x02\0isommp41', 'latin1'),
    randomBytes(bytes - 24),
  ]);

/** Ten seconds of silence as MP3: frames of 417 bytes, of which each lasts 26 milliseconds. */
export function silence(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat(Array.from({ length: 383 }, () => frame));
}

/** A photo of a phone: turned by its metadata, with the place where it was taken in it. */
export const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 200, channels: 3, background: '#3a6' } })
    .withMetadata({
      orientation: 6,
      exif: {
        IFD0: { Make: 'KanariyaPhone' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '26/1 27/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '80/1 19/1 0/1',
        },
      },
    })
    .jpeg()
    .toBuffer();

const chunk = (name: string, body: Buffer): Buffer => {
  const said = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(said), 4);
  return Buffer.concat([ends.subarray(0, 4), said, ends.subarray(4)]);
};
/** A picture of fifty kilobytes that would unfold to four hundred million dots: twenty thousand each way, all black. */
export function pictureBomb(): Buffer {
  const side = 20_000;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.writeUInt8(1, 8);
  const dots = deflateSync(Buffer.alloc(side * (1 + side / 8)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', dots),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const pdf = (): Buffer =>
  Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
/** The signature scanners are tested with, in two halves. */
export const eicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
export const svg = (): Buffer =>
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>');
