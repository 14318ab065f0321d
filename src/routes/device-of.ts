// What a shift runs on, as the browser says of itself: a family and a system. It decides how soon an unused shift ends.
import type { Device } from '#posts';

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];
const first = (all: readonly [RegExp, string][], text: string): string | undefined =>
  all.find(([looks]) => looks.test(text))?.[1];

/** The device of a request. What says nothing of itself stands at a desk. */
export function deviceOf(request: Request): Device {
  const said = request.headers.get('user-agent') ?? '';
  const label = [first(BROWSERS, said), first(SYSTEMS, said)].filter(Boolean).join(', ');
  return { device: /\bMobi|\bAndroid\b|\biPhone\b|\biPad\b/.test(said) ? 'mobile' : 'desk', label };
}
