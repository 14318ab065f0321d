// Behind a proxy a caller is who the proxy says. Whoever comes past it, as one who looks after this process does on the machine itself, is named by
// his own connection: without any name the pages' framework would answer every door that counts with an error.
import type { IncomingMessage } from 'node:http';

/** Names the caller of a request that no proxy has named. */
export function nameCaller({
  headers,
  socket,
}: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } }): void {
  const name = (process.env.ADDRESS_HEADER ?? 'x-forwarded-for').toLowerCase();
  headers[name] ??= socket.remoteAddress ?? '';
}
