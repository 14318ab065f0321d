// Files as they come in: real ones of each kind, made here, and those that must be refused.
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

/** A film of a given length: a head that says MP4, then noise. */
export const film = (bytes: number): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 0x18]),
    Buffer.from('ftypisom\0\0\x02\0isommp41', 'latin1'),
    randomBytes(bytes - 24),
  ]);

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

/** A picture of a few kilobytes that would unfold to gigabytes. */
export const pictureBomb = (): Promise<Buffer> =>
  sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#000' }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();

export const pdf = (): Buffer =>
  Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
/** The signature scanners are tested with, in two halves. */
export const eicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
export const svg = (): Buffer =>
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>');
