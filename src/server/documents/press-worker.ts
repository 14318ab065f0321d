// The typesetter, in a thread of its own: the first sheet loads fonts for some hundred milliseconds, and nobody else waits for that.
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import QRCode from 'qrcode';
import { codePointsOf, printable } from './coverage.ts';
import type { Paper, Sheet } from './paper.ts';

/** What is handed to the thread, and what comes back. */
export type Order = { n: number; sheet: Omit<Sheet, 'missing'>; qr: string; seconds: number };
export type Print = { n: number; pdf: Uint8Array } | { n: number; failed: string };

const fonts = [
  import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
].map((font) => readFileSync(new URL(font)));
const template = readFileSync(new URL('./paper.typ', import.meta.url), 'utf8');
// letters must be there in both weights
const [regular, bold] = fonts.map(codePointsOf);
const points = new Set([...(regular ?? [])].filter((point) => bold?.has(point)));
// its workspace is the room's own folder, of which it reads nothing: everything is handed in
const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs: fonts }] });
const KEPT_SHEETS = 10;

/** Every text of a sheet as the fonts can print it. */
function clean(sheet: Order['sheet']): Sheet {
  let missing = 0;
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const said = printable(value, points);
      missing += said.missing;
      return said.text;
    }
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
  };
  const cleaned = walk(sheet) as Paper & Pick<Sheet, 'reference' | 'code' | 'mark'>;
  return { ...cleaned, missing };
}

/** The square of dots as a drawing; margin of one dot, the rest of the quiet zone is the paper's own white. */
function drawn(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const dots: string[] = [];
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) dots.push(`M${x} ${y}h1v1h-1z`);
  const side = modules.size + 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 ${side} ${side}"><path d="${dots.join('')}"/></svg>`;
}

parentPort?.on('message', ({ n, sheet, qr, seconds }: Order) => {
  let print: Print;
  try {
    const inputs = { sheet: JSON.stringify(clean(sheet)), qr: qr === '' ? '' : drawn(qr) };
    const pdf = compiler.pdf(
      { mainFileContent: template, inputs },
      { pdfStandard: 'a-2a', creationTimestamp: seconds },
    );
    compiler.evictCache(KEPT_SHEETS);
    print = { n, pdf: new Uint8Array(pdf) };
  } catch (error) {
    // what the typesetter says may quote the sheet: only the kind of the fault leaves this thread
    print = { n, failed: error instanceof Error ? error.name : 'Error' };
  }
  parentPort?.postMessage(print, { transfer: 'pdf' in print ? [print.pdf.buffer as ArrayBuffer] : [] });
});
