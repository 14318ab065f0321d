// The part of the library `smpp` that is used here and in its tests; it brings no types of its own.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export type Text = string | Buffer | { message: string | Buffer; udh?: Buffer };
  export class PDU {
    constructor(command: string, options?: Record<string, unknown>);
    command: string;
    command_status: number;
    sequence_number: number;
    [field: string]: unknown;
    response(options?: Record<string, unknown>): PDU;
    toBuffer(): Buffer;
  }
  type Command = (fields?: Record<string, unknown>, answered?: (answer: PDU) => void, sent?: () => void) => boolean;
  export class Session extends EventEmitter {
    socket: Socket;
    send(pdu: PDU, answered?: (answer: PDU) => void): boolean;
    close(closed?: () => void): void;
    destroy(closed?: () => void): void;
    bind_transceiver: Command;
    submit_sm: Command;
    deliver_sm: Command;
    enquire_link: Command;
    unbind: Command;
  }
  type Type = { readonly write: unknown };
  const smpp: {
    connect(options: Record<string, unknown>): Session;
    createServer(options: Record<string, unknown>, listener: (session: Session) => void): NetServer;
    addTLV(tag: string, options: { id: number; type: Type }): void;
    PDU: typeof PDU;
    types: { tlv: { string: Type; cstring: Type } };
    [constant: `ESME_${string}`]: number;
  };
  // biome-ignore lint/style/noDefaultExport: the library is CommonJS and has no other
  export default smpp;
}
