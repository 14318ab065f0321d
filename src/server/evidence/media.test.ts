import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fits, hasTestSignature, isCutOff, isTwoThings, type Media, mediaOf } from './media.ts';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const ftyp = (brand: string) => bytes([0, 0, 0, 0x18], 'ftyp', brand, [0, 0, 2, 0], 'isommp41');
const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR');

const TAKEN: [Media, Buffer][] = [
  ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe1], 'Exif')],
  ['image/png', PNG],
  ['application/pdf', bytes('%PDF-1.7\n%âãÏÓ\n')],
  ['video/mp4', ftyp('isom')],
  ['video/mp4', ftyp('mp42')],
  ['video/3gpp', ftyp('3gp4')],
  ['audio/mp4', ftyp('M4A ')],
  ['video/webm', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm')],
  ['audio/mpeg', bytes('ID3', [3, 0, 0, 0, 0, 0, 0, 0])],
  ['audio/mpeg', bytes([0xff, 0xfb, 0x90, 0x64])],
  ['audio/amr', bytes('#!AMR\n')],
  ['audio/amr', bytes('#!AMR-WB\n')],
  ['text/plain', Buffer.from('05/01/26, 10:00 - उसने लिखा: <Media omitted>\r\n')],
];
test.each(TAKEN)('%s is known by its first bytes', (media, head) => {
  expect(mediaOf(head, true)).toBe(media);
});

const REFUSED: [string, Buffer][] = [
  ['a zip archive', bytes('PK\x03\x04')],
  ['a zip bomb', Buffer.concat([bytes('PK\x03\x04\x14\0\0\0\x08\0'), deflateRawSync(Buffer.alloc(1_000_000))])],
  ['gzip', bytes([0x1f, 0x8b, 8, 0])],
  ['rar', bytes('Rar!\x1a\x07\x01\0')],
  ['a program for Windows', bytes('MZ', [0x90, 0, 3, 0])],
  ['a program for Linux', bytes('\x7fELF\x02')],
  ['a shell script', bytes('#!/bin/sh\nrm -rf /\n')],
  ['HTML', bytes('<!DOCTYPE html><html><body>x</body></html>')],
  ['HTML with text before it', bytes('hello\n\n<script>alert(1)</script>')],
  ['SVG with a script', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['SVG behind an XML head', bytes('<?xml version="1.0"?><svg/>')],
  ['GIF', bytes('GIF89a', [1, 0, 1, 0])],
  ['WebP', bytes('RIFF\0\0\0\0WEBP')],
  ['HEIC', ftyp('heic')],
  ['QuickTime', ftyp('qt  ')],
  ['Matroska', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x88], 'matroska')],
  ['RTF', bytes('{\\rtf1')],
  ['PostScript', bytes('%!PS-Adobe')],
  ['an old Word paper', bytes([0xd0, 0xcf, 0x11, 0xe0])],
  ['text in UTF-16', Buffer.from('hello', 'utf16le')],
  ['bytes that are no UTF-8', bytes('abc', [0xc3, 0x28])],
];
test.each(REFUSED)('%s is not taken', (_what, head) => {
  expect(mediaOf(head, true)).toBeUndefined();
});

test('a letter cut in two at the end of a segment is still text; at the end of the file it is not', () => {
  const cut = Buffer.from('उसने').subarray(0, -1);
  expect(mediaOf(cut, false)).toBe('text/plain');
  expect(mediaOf(cut, true)).toBeUndefined();
});

test('a picture that is also an archive, a page or a PDF is two things', () => {
  const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF', [0xff, 0xd9]);
  const end = bytes('PK\x05\x06', Array(16).fill(0), [3, 0], 'abc');
  expect(isTwoThings('image/jpeg', jpeg, jpeg)).toBe(false);
  expect(isTwoThings('image/jpeg', jpeg, Buffer.concat([jpeg, end]))).toBe(true);
  // the four letters alone, somewhere in the middle, are chance
  expect(isTwoThings('image/jpeg', jpeg, Buffer.concat([jpeg, end, jpeg]))).toBe(false);
  expect(isTwoThings('image/jpeg', bytes([0xff, 0xd8, 0xff, 0xfe], '<html>'), jpeg)).toBe(true);
  expect(isTwoThings('image/png', Buffer.concat([PNG, bytes('%PDF-1.4')]), jpeg)).toBe(true);
});

test('a PDF without its end was cut off', () => {
  expect(isCutOff('application/pdf', bytes('…\n%%EOF\n'))).toBe(false);
  expect(isCutOff('application/pdf', bytes('… endob'))).toBe(true);
});

test('a photo is a picture, a voice may come in a container of films, a report is a paper', () => {
  expect(fits('photo', 'video/mp4')).toBe(false);
  expect(fits('audio', 'video/3gpp')).toBe(true);
  expect(fits('video', 'audio/amr')).toBe(false);
  expect(fits('medical-report', 'application/pdf')).toBe(true);
  expect(fits('other-file', 'audio/amr')).toBe(true);
});

test('the signature that scanners are tested with is found wherever it stands', () => {
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
  expect(hasTestSignature(Buffer.from(`${eicar}\n`))).toBe(true);
  expect(hasTestSignature(Buffer.from(`before ${eicar} after`))).toBe(true);
  expect(hasTestSignature(Buffer.from(eicar.slice(1)))).toBe(false);
});
