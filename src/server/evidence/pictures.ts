// Pictures: how large they are, and copies for looking at that carry nothing but the picture.
import type { Sharp, SharpOptions } from 'sharp';
import { refuse } from '#foundation';
import { MOST_PIXELS } from './rules.ts';

const LONGEST = 2048;
const AT_ONCE = 2;
let busy = 0;
const waiting: (() => void)[] = [];

// loaded when the first picture comes: sixteen megabytes that most commands never need
async function picture(bytes: Buffer, options: SharpOptions): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  return sharp(bytes, options);
}

/** Width times height as the picture's head says, without unfolding it; undefined for what cannot be read as a picture. */
export async function pixelsOf(bytes: Buffer): Promise<number | undefined> {
  try {
    const { width, height } = await (await picture(bytes, { limitInputPixels: false })).metadata();
    return width * height;
  } catch {
    return undefined;
  }
}

/**
 * A copy for looking at: turned upright, no larger than a screen, written anew without place, time, device or any other metadata.
 * Two at a time, because each unfolds the whole picture.
 * @throws Refusal `cannot-be-shown` for a picture that breaks off or is none
 */
export async function viewingCopy(bytes: Buffer): Promise<Buffer> {
  if (busy >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  busy += 1;
  try {
    const whole = await picture(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'none' });
    return await whole
      .autoOrient()
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 85 })
      .toBuffer();
  } catch {
    return refuse('cannot-be-shown');
  } finally {
    busy -= 1;
    waiting.shift()?.();
  }
}
