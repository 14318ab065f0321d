// A square code as one path of a drawing: it needs no image and no markup of anybody else's.
import { create } from 'qrcode';

/** The dark squares of a text's square code, a unit a square. */
export function squareCode(text: string): { side: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
  return { side: modules.size, path };
}
