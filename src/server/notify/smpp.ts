// SMS over SMPP 3.4, as India's operators offer it: one link that is kept, a window of parts under way, receipts on the same link.
import smpp, { type PDU, type Session } from 'smpp';
import { faultOf, log } from '#foundation';
import type { Answer, Outgoing, Outside } from './gateway.ts';
import type { Registered } from './http.ts';
import { type Delivered, idAsKept, type Receipt, receiptOf } from './receipts.ts';
import { partHeader, segmentsOf, ucs2 } from './segments.ts';

/** What is done with a receipt; the network hears that it was taken only after this is done, and tells it again otherwise. */
export type Hear = (receipt: Receipt) => Promise<void>;

export type SmppSettings = Registered & {
  /** `smpp://host:2775` or, over TLS, `ssmpp://host:3550` */
  url: string;
  system_id: string;
  password: string;
  /** whether the registrations end in a NUL octet: operators differ */
  tlv?: 'string' | 'cstring' | undefined;
  /** under which tags the entity and the template go */
  tags?: readonly [entity: number, template: number] | undefined;
  /** parts under way at once */
  window?: number | undefined;
  /** how receipts name a message: as it was answered, or in decimals of that hexadecimal */
  receipt_ids?: 'same' | 'hex' | undefined;
  /** certificate of the operator's own authority, PEM */
  ca?: string | undefined;
  answer_ms?: number | undefined;
  alive_ms?: number | undefined;
  throttled_ms?: number | undefined;
  again_ms?: number | undefined;
};

/** @throws Error naming a setting that cannot be */
export function smppSettings(
  env: NodeJS.ProcessEnv,
  url: string,
  password: string,
  registered: Registered,
): SmppSettings {
  const at = new URL(url);
  const tags = (env.ITSSO_SMPP_TAGS ?? '1400,1401').split(',').map((tag) => Number.parseInt(tag, 16));
  const [entity, template] = tags;
  if (tags.length !== 2 || !entity || !template) throw new Error('ITSSO_SMPP_TAGS must be two hexadecimal numbers');
  const tlv = env.ITSSO_SMPP_TLV ?? 'string';
  if (tlv !== 'string' && tlv !== 'cstring') throw new Error('ITSSO_SMPP_TLV must be string or cstring');
  const window = Number(env.ITSSO_SMPP_WINDOW ?? 10);
  if (!Number.isInteger(window) || window < 1 || window > 1000)
    throw new Error('ITSSO_SMPP_WINDOW must be from 1 to 1000');
  return {
    ...registered,
    url: `${at.protocol}//${at.host}`,
    system_id: decodeURIComponent(at.username),
    password,
    tlv,
    tags: [entity, template],
    window,
    receipt_ids: env.ITSSO_SMPP_RECEIPT_IDS === 'hex' ? 'hex' : 'same',
    ca: env.ITSSO_SMPP_CA,
  };
}

const OK = 0;
const LATER = new Set([
  smpp.ESME_RTHROTTLED,
  smpp.ESME_RMSGQFUL,
  smpp.ESME_RSYSERR,
  smpp.ESME_RINVBNDSTS,
  smpp.ESME_RSUBMITFAIL,
]);
const THROTTLED = new Set([smpp.ESME_RTHROTTLED, smpp.ESME_RMSGQFUL]);
const TRIES_IF_THROTTLED = 3;
const LONGEST_AGAIN_MS = 60_000;
const pause = (ms: number) => new Promise<void>((go) => setTimeout(go, ms));

const NOT_CONNECTED: Answer = { kind: 'not-now', reason: 'not-connected' };
const answerOf = (pdu: PDU): Answer => {
  if (pdu.command_status === OK) return { kind: 'taken', gateway_ids: [idAsKept(String(pdu.message_id ?? ''))] };
  if (THROTTLED.has(pdu.command_status)) return { kind: 'not-now', reason: 'throttled' };
  return LATER.has(pdu.command_status)
    ? { kind: 'not-now', reason: 'not-connected' }
    : { kind: 'refused', reason: 'refused' };
};

/** A gate for so many at once; the others wait their turn. */
function gate(room: number) {
  const waiting: (() => void)[] = [];
  let free = room;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

type Link = { session: Session; lost: Set<() => void>; live: boolean };

/**
 * A way over SMPP. The link is made at once, kept alive, and made again when it is lost, in growing intervals.
 * @param hear what is done with a delivery receipt
 */
export function smppGateway(settings: SmppSettings, hear: Hear): Outside {
  const [entity_tag, template_tag] = settings.tags ?? [0x1400, 0x1401];
  const type = smpp.types.tlv[settings.tlv ?? 'string'];
  smpp.addTLV('dlt_entity', { id: entity_tag, type });
  smpp.addTLV('dlt_template', { id: template_tag, type });
  const answer_ms = settings.answer_ms ?? 15_000;
  const inWindow = gate(settings.window ?? 10);
  let link: Link | undefined;
  let reference = 0;
  let closed = false;
  let failures = 0;
  let again: NodeJS.Timeout | undefined;

  const connectSoon = () => {
    if (closed || again) return;
    const wait = Math.min((settings.again_ms ?? 1000) * 2 ** failures, LONGEST_AGAIN_MS);
    failures = Math.min(failures + 1, 10);
    again = setTimeout(() => {
      again = undefined;
      connect();
    }, wait);
    again.unref();
  };

  /** Asks whether anybody is there; who does not answer is gone. */
  const keepAlive = (mine: Link): NodeJS.Timeout => {
    const timer = setInterval(() => {
      const silent = setTimeout(() => mine.session.destroy(), answer_ms);
      silent.unref();
      if (!mine.session.enquire_link({}, () => clearTimeout(silent))) clearTimeout(silent);
    }, settings.alive_ms ?? 30_000);
    timer.unref();
    return timer;
  };

  const takeReceipt = async (session: Session, pdu: PDU) => {
    try {
      const receipt = receiptOf(pdu as Delivered, settings.receipt_ids);
      if (receipt) await hear(receipt);
      session.send(pdu.response());
    } catch (error) {
      log.warn(faultOf(error), 'receipt');
      // "temporary error": told again later
      session.send(pdu.response({ command_status: smpp.ESME_RX_T_APPN }));
    }
  };

  const connect = () => {
    const tls = settings.url.startsWith('ssmpp:');
    const at = new URL(settings.url.replace(/^s?smpp:/, 'http:'));
    const session = smpp.connect({
      host: at.hostname,
      port: Number(at.port || (tls ? 3550 : 2775)),
      tls,
      ...(tls ? { servername: at.hostname, ...(settings.ca ? { ca: settings.ca } : {}) } : {}),
    });
    // small packets at once: waiting for each other they would wait for the peer's acknowledgement
    session.socket.setNoDelay(true);
    const mine: Link = { session, lost: new Set(), live: false };
    link = mine;
    let timer: NodeJS.Timeout | undefined;
    const late = setTimeout(() => session.destroy(), answer_ms);
    session.on(tls ? 'secureConnect' : 'connect', () => {
      const who = { system_id: settings.system_id, password: settings.password, interface_version: 0x34 };
      session.bind_transceiver(who, (answer) => {
        clearTimeout(late);
        if (answer.command_status !== OK) {
          log.warn({ status: answer.command_status }, 'SMPP bind refused');
          session.destroy();
          return;
        }
        mine.live = true;
        failures = 0;
        timer = keepAlive(mine);
      });
    });
    session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()));
    session.on('unbind', (pdu: PDU) => {
      mine.live = false;
      session.send(pdu.response());
      session.close();
    });
    session.on('deliver_sm', (pdu: PDU) => void takeReceipt(session, pdu));
    // what fails closes; nothing more is known of it
    session.on('error', () => session.destroy());
    session.on('close', () => {
      clearTimeout(late);
      clearInterval(timer);
      mine.live = false;
      for (const tell of mine.lost) tell();
      mine.lost.clear();
      if (link === mine) link = undefined;
      connectSoon();
    });
  };

  /** One part, once: from the moment it is written only its answer tells that it was not taken. */
  const submit = (fields: Record<string, unknown>) =>
    new Promise<Answer>((settle) => {
      const mine = link;
      if (!mine?.live) {
        settle(NOT_CONNECTED);
        return;
      }
      const end = (answer: Answer) => {
        clearTimeout(timer);
        mine.lost.delete(lost);
        settle(answer);
      };
      const lost = () => end({ kind: 'unsure', reason: 'link-lost' });
      const timer = setTimeout(() => end({ kind: 'unsure', reason: 'no-answer' }), answer_ms);
      mine.lost.add(lost);
      if (!mine.session.submit_sm(fields, (answer) => end(answerOf(answer)))) end(NOT_CONNECTED);
    });

  const submitPatiently = async (fields: Record<string, unknown>): Promise<Answer> => {
    for (let n = 1; ; n++) {
      const answer = await inWindow(() => submit({ ...fields }));
      if (answer.kind !== 'not-now' || answer.reason !== 'throttled' || n === TRIES_IF_THROTTLED) return answer;
      await pause((settings.throttled_ms ?? 1000) * n);
    }
  };

  const fieldsFor = (message: Outgoing) => {
    const template = settings.template_ids?.[`${message.template}.${message.language}`];
    return {
      source_addr: settings.header ?? '',
      // a header of letters is an alphanumeric sender
      source_addr_ton: 5,
      source_addr_npi: 0,
      destination_addr: message.to.replace(/^\+/, ''),
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      // a receipt in any case
      registered_delivery: 1,
      ...(settings.entity ? { dlt_entity: settings.entity } : {}),
      ...(template ? { dlt_template: template } : {}),
    };
  };

  connect();
  return {
    ready: () => link?.live === true,
    give: async (message) => {
      const { alphabet, parts } = segmentsOf(message.text);
      if (parts.length > 1) reference = (reference + 1) % 256;
      const mine = reference;
      const gateway_ids: string[] = [];
      for (const [index, part] of parts.entries()) {
        const answer = await submitPatiently({
          ...fieldsFor(message),
          data_coding: alphabet === 'gsm' ? 0 : 8,
          short_message: {
            message: alphabet === 'gsm' ? part : ucs2(part),
            ...(parts.length > 1 ? { udh: partHeader(mine, parts.length, index + 1) } : {}),
          },
        });
        // a beginning without its end has reached the network: whole again it would be a second copy
        if (answer.kind !== 'taken') return index === 0 ? answer : { kind: 'unsure', reason: 'partly' };
        gateway_ids.push(...answer.gateway_ids);
      }
      return { kind: 'taken', gateway_ids };
    },
    close: async () => {
      closed = true;
      clearTimeout(again);
      const mine = link;
      if (!mine) return;
      await new Promise<void>((gone) => {
        const hard = setTimeout(() => mine.session.destroy(), 500);
        mine.session.on('close', () => {
          clearTimeout(hard);
          gone();
        });
        if (!mine.live || !mine.session.unbind({}, () => mine.session.close())) mine.session.destroy();
      });
    },
  };
}
