// Draws the pages of a PDF as pictures, and measures them: what is dark where. Only for tests.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const PDFJS = path.dirname(require.resolve('pdfjs-dist/package.json'));
// pdf.js brings its own canvas; nobody else needs one
const { createCanvas, GlobalFonts } = createRequire(path.join(PDFJS, 'package.json'))('@napi-rs/canvas') as Canvases;

type Context = {
  fillStyle: string;
  font: string;
  fillText: (text: string, x: number, y: number) => void;
  fillRect: (x: number, y: number, w: number, h: number) => void;
  getImageData: (x: number, y: number, w: number, h: number) => { data: Uint8ClampedArray };
};
type Canvas = {
  width: number;
  height: number;
  getContext: (kind: '2d') => Context;
};
type Canvases = {
  createCanvas: (width: number, height: number) => Canvas;
  GlobalFonts: { registerFromPath: (file: string, name: string) => unknown };
};

/** Ink of a picture: 1 where it is dark. */
export type Ink = { width: number; height: number; dark: Uint8Array };
/** A drawn page: its ink, and where each piece of its text begins (points from the top left corner). */
export type Drawn = { ink: Ink; pieces: { x: number; y: number; size: number }[]; scale: number };

const DARK = 140;
function inkOf(canvas: Canvas): Ink {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const dark = new Uint8Array(width * height);
  for (let i = 0; i < dark.length; i++) dark[i] = (data[i * 4] ?? 255) < DARK ? 1 : 0;
  return { width, height, dark };
}

/** Draws every page at a scale (1: 72 dots an inch). */
export async function draw(pdf: Buffer, scale: number): Promise<Drawn[]> {
  const { getDocument } = (await import(
    pathToFileURL(path.join(PDFJS, 'legacy/build/pdf.mjs')).href
  )) as typeof import('pdfjs-dist');
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const pages: Drawn[] = [];
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n);
    const viewport = page.getViewport({ scale });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    const context = canvas.getContext('2d');
    await page.render({
      canvas: canvas as unknown as HTMLCanvasElement,
      canvasContext: context as unknown as CanvasRenderingContext2D,
      viewport,
    }).promise;
    const { items } = await page.getTextContent();
    const tall = viewport.height / scale;
    const pieces = items.flatMap((item) =>
      'str' in item && item.str !== ''
        ? [{ x: Number(item.transform[4]), y: tall - Number(item.transform[5]), size: Number(item.transform[0]) }]
        : [],
    );
    pages.push({ ink: inkOf(canvas), pieces, scale });
  }
  await task.destroy();
  return pages;
}

/** A word as another typesetter draws it (Skia and HarfBuzz) with the same font, its base line at `base` of a picture of this size. */
export function drawWord(
  word: string,
  font: { file: string; size: number },
  at: { width: number; height: number; base: number },
): Ink {
  const name = path.basename(font.file, '.ttf');
  GlobalFonts.registerFromPath(font.file, name);
  const canvas = createCanvas(at.width, at.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, at.width, at.height);
  context.fillStyle = '#000';
  context.font = `${font.size}px "${name}"`;
  context.fillText(word, 0, at.base);
  return inkOf(canvas);
}

/** A part of a picture. */
export function cut({ width, dark }: Ink, at: { x: number; y: number; width: number; height: number }): Ink {
  const part = new Uint8Array(at.width * at.height);
  for (let y = 0; y < at.height; y++)
    for (let x = 0; x < at.width; x++) part[y * at.width + x] = dark[(at.y + y) * width + at.x + x] ?? 0;
  return { width: at.width, height: at.height, dark: part };
}

/** How much two pictures share: the common ink by all ink, at the best of the small shifts (two dots each way). */
export function likeness(one: Ink, other: Ink): number {
  let best = 0;
  for (let dx = -2; dx <= 2; dx++)
    for (let dy = -2; dy <= 2; dy++) {
      let both = 0;
      let either = 0;
      for (let y = 0; y < one.height; y++)
        for (let x = 0; x < one.width; x++) {
          const a = one.dark[y * one.width + x] ?? 0;
          const inside = x + dx >= 0 && x + dx < other.width && y + dy >= 0 && y + dy < other.height;
          const b = inside ? (other.dark[(y + dy) * other.width + x + dx] ?? 0) : 0;
          both += a & b;
          either += a | b;
        }
      best = Math.max(best, either === 0 ? 0 : both / either);
    }
  return best;
}

/** How dark a page is in each field of a grid, in hundredths, row by row. */
export function grid({ width, height, dark }: Ink, columns: number, rows: number): number[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => {
      const [x0, x1] = [Math.floor((c * width) / columns), Math.floor(((c + 1) * width) / columns)];
      const [y0, y1] = [Math.floor((r * height) / rows), Math.floor(((r + 1) * height) / rows)];
      let sum = 0;
      for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += dark[y * width + x] ?? 0;
      return Math.round((100 * sum) / ((x1 - x0) * (y1 - y0)));
    }),
  );
}
