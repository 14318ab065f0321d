// The log: one JSON line per event on standard output, ids and codes only. No object of a case is ever handed to it.
import pino from 'pino';

// null leaves out process id and host name
export const log = pino({
  level: process.env.ITSSO_LOG ?? (process.env.ITSSO_MODE === 'production' ? 'info' : 'warn'),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: ['*.cookie', '*.authorization', 'body', '*.body', 'form', '*.form'], censor: '[x]' },
});

/** What may be told of an unexpected error: its kind, its PostgreSQL code and where it arose; never its message, which may quote a row. */
export function faultOf(error: unknown): { kind: string; pg?: string; constraint?: string; at?: string } {
  if (!(error instanceof Error)) return { kind: typeof error };
  const pg = error as Error & { code?: unknown; constraint?: unknown };
  const at = error.stack
    ?.split('\n')
    .find((line) => /\.(ts|js|svelte)\b/.test(line) && !line.includes('node_modules'))
    ?.trim();
  return {
    kind: error.name,
    ...(typeof pg.code === 'string' ? { pg: pg.code } : {}),
    ...(typeof pg.constraint === 'string' ? { constraint: pg.constraint } : {}),
    ...(at ? { at: at.replace(/.*\/(src|server|build|cli|test)\//, '$1/') } : {}),
  };
}
