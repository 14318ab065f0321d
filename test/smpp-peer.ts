// The operator's end of SMPP for tests: a real server of the same protocol, which tells what came over the wire and can misbehave.
import net from 'node:net';
import smpp, { type PDU, type Session } from 'smpp';

/** What the peer does with a submitted part: takes it (as every peer does at first), answers otherwise, or leaves it open. */
export type Manner = (pdu: PDU, session: Session, nth: number) => 'take' | 'take-twice' | 'silence' | 'drop' | number;
export type Peer = {
  url: string;
  /** parts submitted, in order */
  submitted: PDU[];
  /** the octets of every submit_sm, whole, as they came */
  wire: Buffer[];
  binds: PDU[];
  enquiries: () => number;
  manner: (manner: Manner) => void;
  /** says what became of a part; answers with the status the other end gave */
  receipt: (fields: Record<string, unknown>) => Promise<number>;
  cut: () => void;
  close: () => Promise<void>;
};

const SUBMIT_SM = 4;

// between the two ends, looking at what goes to the operator
function tap(to: number, wire: Buffer[], open: Set<net.Socket>): net.Server {
  return net.createServer((near) => {
    const far = net.connect(to, '127.0.0.1');
    open.add(near);
    let rest = Buffer.alloc(0);
    near.on('data', (octets: Buffer) => {
      rest = Buffer.concat([rest, octets]);
      while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
        const whole = rest.subarray(0, rest.readUInt32BE(0));
        if (whole.readUInt32BE(4) === SUBMIT_SM) wire.push(Buffer.from(whole));
        rest = rest.subarray(whole.length);
      }
    });
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        open.delete(near);
      });
    }
  });
}

const listening = (server: net.Server) =>
  new Promise<number>((told) => {
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      told(typeof at === 'object' && at ? at.port : 0);
    });
  });

/** Opens a peer. With key and certificate it is one over TLS, and the octets on the wire are not looked at. */
export async function smppPeer(
  options: { key?: string; cert?: string; password?: string; mute?: boolean } = {},
): Promise<Peer> {
  const [submitted, wire, binds]: [PDU[], Buffer[], PDU[]] = [[], [], []];
  const open = new Set<net.Socket>();
  let manner: Manner = () => 'take';
  let enquiries = 0;
  let bound: Session | undefined;
  let ids = 0;
  const { key, cert } = options;
  const server = smpp.createServer(key && cert ? { key, cert } : {}, (session) => {
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu: PDU) => {
      binds.push(pdu);
      const right = pdu.password === (options.password ?? 'secret');
      session.send(pdu.response(right ? { system_id: 'peer' } : { command_status: smpp.ESME_RBINDFAIL }));
      if (right) bound = session;
    });
    session.on('enquire_link', (pdu: PDU) => {
      enquiries += 1;
      if (!options.mute) session.send(pdu.response());
    });
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: PDU) => {
      submitted.push(pdu);
      const how = manner(pdu, session, submitted.length);
      if (how === 'silence') return;
      if (how === 'drop') {
        session.destroy();
        return;
      }
      if (typeof how === 'number') {
        session.send(pdu.response({ command_status: how }));
        return;
      }
      ids += 1;
      const message_id = `00AB${ids}`;
      for (let n = 0; n < (how === 'take-twice' ? 2 : 1); n++) session.send(pdu.response({ message_id }));
    });
  });
  const port = await listening(server);
  const between = key ? undefined : tap(port, wire, open);
  const at = between ? await listening(between) : port;
  return {
    url: `${key ? 'ssmpp' : 'smpp'}://localhost:${at}`.replace('localhost', key ? 'localhost' : '127.0.0.1'),
    submitted,
    wire,
    binds,
    enquiries: () => enquiries,
    manner: (next) => {
      manner = next;
    },
    receipt: (fields) =>
      new Promise((told, failed) => {
        const text = { esm_class: 4, source_addr: '919000000000', short_message: '', ...fields };
        if (!bound?.deliver_sm(text, (answer) => told(answer.command_status))) failed(new Error('nobody is bound'));
      }),
    cut: () => {
      for (const socket of open) socket.destroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      bound?.destroy();
      for (const one of [server, between]) if (one) await new Promise<void>((gone) => one.close(() => gone()));
    },
  };
}
