// The signs on the map that have words, drawn here, so that nothing has to be fetched for them: a triangle for an alarm, and the call sign of
// a vehicle that comes to the chosen one. By shape and word, never by colour alone.
import type { Map as LibreMap } from 'maplibre-gl';

const RATIO = 2;
const INK = '#edf3f1';
const GROUND = '#06201b';
const COLORS = { fresh: '#ff9a86', known: '#f2c364' } as const;
const FONT = '600 13px system-ui, "Noto Sans", "Noto Sans Devanagari", sans-serif';

type Pen = CanvasRenderingContext2D;
/** What a sign is called: its shape and its words. */
export const alarmSign = (name: string, fresh: boolean): string => `alarm|${fresh ? 'fresh' : 'known'}|${name}`;
export const nameSign = (name: string): string => `name||${name}`;

function write(pen: Pen, text: string, x: number): void {
  if (!text) return;
  pen.lineWidth = 3;
  pen.strokeStyle = GROUND;
  pen.fillStyle = INK;
  pen.strokeText(text, x, 13);
  pen.fillText(text, x, 13);
}
function triangle(pen: Pen, color: string): void {
  pen.beginPath();
  pen.moveTo(12, 3);
  pen.lineTo(21, 20);
  pen.lineTo(3, 20);
  pen.closePath();
  pen.fillStyle = color;
  pen.strokeStyle = GROUND;
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
}

/** Draws each sign when the map asks for it. The signs are 24 pixels high and stand with their left part on the place. */
export function drawSigns(map: LibreMap): void {
  map.setMissingStyleImageResolver(async (id) => {
    const [shape, kind, text = ''] = id.split('|');
    if (map.hasImage(id) || (shape !== 'alarm' && shape !== 'name')) return;
    const canvas = document.createElement('canvas');
    const measure = canvas.getContext('2d');
    if (!measure) return;
    measure.font = FONT;
    // the sign lies in the middle of its picture: as much room on the left as the words take on the right
    const words = text ? Math.ceil(measure.measureText(text).width) + 4 : 0;
    canvas.width = (24 + 2 * words) * RATIO;
    canvas.height = 24 * RATIO;
    const pen = canvas.getContext('2d');
    if (!pen) return;
    pen.scale(RATIO, RATIO);
    pen.translate(words, 0);
    pen.font = FONT;
    pen.textBaseline = 'middle';
    if (shape === 'alarm') triangle(pen, COLORS[kind === 'fresh' ? 'fresh' : 'known']);
    // a vehicle that has arrived stands where the alarm is: its name on the left, the alarm's on the right
    if (shape === 'name') pen.textAlign = 'right';
    write(pen, text, shape === 'name' ? 0 : 24);
    map.addImage(id, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO });
  });
}
