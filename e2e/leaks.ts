// Looks for secrets in whatever a server leaves behind.
/**
 * Which secrets a text has in it, as they are, as hex (as a database shows bytes) or as base64.
 * @param secrets the secrets by what they are
 * @param text a log, a table, a file
 * @returns what was found
 */
export function leaks(secrets: Readonly<Record<string, string>>, text: string | Buffer): string[] {
  return Object.entries(secrets).flatMap(([what, value]) => {
    const bytes = Buffer.from(value);
    const shapes: string[] = [value, bytes.toString('hex'), bytes.toString('base64').replaceAll('=', '').slice(0, -1)];
    if (/^\d{8,16}$/.test(value)) shapes.push((value.match(/\d{4}/g) ?? []).join(' '));
    return shapes.some((shape) => (/^\d{6,8}$/.test(shape) ? borderedBy(text, shape) : text.includes(shape)))
      ? [what]
      : [];
  });
}
// short numbers count only where no other digit or hex digit stands beside them: ids and hashes hold any of them by chance
function borderedBy(text: string | Buffer, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = [text.slice(Math.max(at - 1, 0), at), text.slice(at + wanted.length, at + wanted.length + 1)];
    if (!around.some((beside) => /^[0-9a-f]$/i.test(beside.toString('latin1')))) return true;
  }
  return false;
}
