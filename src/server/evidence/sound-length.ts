// How long a voice is, told by the file itself and by nobody else: it is printed beside the entry of the diary that it belongs to. Pure.
import type { Media } from './media.ts';

/**
 * The length of a sound in whole seconds, rounded up.
 * @param media its type, as it was found out
 * @param bytes the whole file
 * @returns null where the file does not say
 */
export function soundSeconds(media: Media, bytes: Buffer): number | null {
  const read = READ[media];
  try {
    const seconds = read?.(bytes);
    return seconds && Number.isFinite(seconds) && seconds > 0 && seconds < A_DAY ? Math.ceil(seconds) : null;
  } catch (fault) {
    // cut off where a number was expected: it says nothing
    if (fault instanceof RangeError) return null;
    throw fault;
  }
}
const A_DAY = 86_400;

// EBML: an id and a length, both of as many bytes as their first bits say. What browsers record has no length at its head: the last
// block of the last cluster says when it ended.
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const CLUSTER = 0x1f43b675;
const BLOCK_GROUP = 0xa0;
const DOWN = new Set([SEGMENT, INFO, CLUSTER, BLOCK_GROUP]);
const SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const TIMECODE = 0xe7;
const BLOCKS = new Set([0xa3, 0xa1]);
function vint(bytes: Buffer, at: number, marked: boolean): { value: number; length: number; unknown: boolean } {
  const first = bytes.readUInt8(at);
  const length = Math.clz32(first) - 23;
  if (length > 8) throw new RangeError('no such length');
  let value = marked ? first : first & (0xff >> length);
  let ones = value === 0xff >> length;
  for (let n = 1; n < length; n++) {
    const byte = bytes.readUInt8(at + n);
    ones &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value, length, unknown: ones };
}
const uint = (bytes: Buffer) => [...bytes].reduce((sum, byte) => sum * 256 + byte, 0);

function webm(bytes: Buffer): number | null {
  let scale = 1_000_000;
  let said: number | null = null;
  let cluster = 0;
  let last: number | null = null;
  for (let at = 0; at + 2 <= bytes.length; ) {
    const id = vint(bytes, at, true);
    const size = vint(bytes, at + id.length, false);
    const from = at + id.length + size.length;
    at = from;
    if (DOWN.has(id.value)) continue;
    if (size.unknown) break;
    const data = bytes.subarray(from, from + size.value);
    if (id.value === SCALE) scale = uint(data);
    else if (id.value === DURATION) said = data.length === 8 ? data.readDoubleBE() : data.readFloatBE();
    else if (id.value === TIMECODE) cluster = uint(data);
    else if (BLOCKS.has(id.value)) {
      const track = vint(data, 0, true).length;
      last = Math.max(last ?? 0, cluster + data.readInt16BE(track));
    }
    at = from + size.value;
  }
  const ticks = said || last;
  return ticks === null ? null : (ticks * scale) / 1e9;
}

// a box "moov" with a box "mvhd" in it: so many units, of which so many make a second
function iso(bytes: Buffer): number | null {
  const find = (name: string, from: number, to: number): Buffer | undefined => {
    for (let at = from; at + 8 <= to; ) {
      const short = bytes.readUInt32BE(at);
      const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
      if (size < 8) return undefined;
      if (bytes.toString('latin1', at + 4, at + 8) === name) {
        const inner = at + (short === 1 ? 16 : 8);
        return name === 'moov' ? find('mvhd', inner, Math.min(to, at + size)) : bytes.subarray(inner, at + size);
      }
      at += size;
    }
    return undefined;
  };
  const head = find('moov', 0, bytes.length);
  if (!head) return null;
  return head.readUInt8(0) === 1
    ? Number(head.readBigUInt64BE(24)) / head.readUInt32BE(20)
    : head.readUInt32BE(16) / head.readUInt32BE(12);
}

const NARROW = [12, 13, 15, 17, 19, 20, 26, 31, 5];
const WIDE = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5];
function amr(bytes: Buffer): number {
  const wide = bytes.toString('latin1', 0, 9) === '#!AMR-WB\n';
  const sizes = wide ? WIDE : NARROW;
  let frames = 0;
  for (let at = wide ? 9 : 6; at < bytes.length; frames++) at += 1 + (sizes[(bytes.readUInt8(at) >> 3) & 15] ?? 0);
  return frames * 0.02;
}

const RATES = [44_100, 48_000, 32_000];
const BITS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
function mp3(bytes: Buffer): number {
  let at = 0;
  if (bytes.toString('latin1', 0, 3) === 'ID3')
    at = 10 + [6, 7, 8, 9].reduce((sum, n) => sum * 128 + (bytes.readUInt8(n) & 127), 0);
  let seconds = 0;
  while (at + 4 <= bytes.length) {
    const version = (bytes.readUInt8(at + 1) >> 3) & 3;
    const bits = (version === 3 ? BITS_1 : BITS_2)[bytes.readUInt8(at + 2) >> 4];
    const rate = RATES[(bytes.readUInt8(at + 2) >> 2) & 3];
    if (bytes.readUInt8(at) !== 0xff || !bits || !rate) {
      at += 1;
      continue;
    }
    const hertz = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
    const samples = version === 3 ? 1152 : 576;
    seconds += samples / hertz;
    at += Math.floor((samples * bits * 125) / hertz) + ((bytes.readUInt8(at + 2) >> 1) & 1);
  }
  return seconds;
}

const READ: Partial<Record<Media, (bytes: Buffer) => number | null>> = {
  'video/webm': webm,
  'audio/mp4': iso,
  'video/mp4': iso,
  'video/3gpp': iso,
  'audio/amr': amr,
  'audio/mpeg': mp3,
};
