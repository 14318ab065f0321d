// What a network says of a message it was given: its delivery receipts, in the two shapes they come in. Asks nothing.

/** What became of one part; what is still under way is no word yet. */
export type Receipt = { gateway_id: string; state: 'delivered' | 'undelivered' };

const BY_TEXT: Record<string, Receipt['state'] | undefined> = {
  DELIVRD: 'delivered',
  EXPIRED: 'undelivered',
  DELETED: 'undelivered',
  UNDELIV: 'undelivered',
  REJECTD: 'undelivered',
};
// SMPP 3.4, 5.2.28
const BY_NUMBER: Record<number, Receipt['state'] | undefined> = {
  2: 'delivered',
  3: 'undelivered',
  4: 'undelivered',
  5: 'undelivered',
  8: 'undelivered',
};
/** esm_class of a deliver_sm that is a receipt and no message of somebody's. */
const IS_RECEIPT = 0x04;

export type Delivered = {
  esm_class?: unknown;
  receipted_message_id?: unknown;
  message_state?: unknown;
  short_message?: unknown;
};

const textOf = (message: unknown): string => {
  if (typeof message === 'string') return message;
  if (Buffer.isBuffer(message)) return message.toString('latin1');
  return typeof message === 'object' && message !== null && 'message' in message ? textOf(message.message) : '';
};

/**
 * Reads a delivery receipt: the fields made for it where they are there, else the text that networks have always sent
 * (`id:… stat:DELIVRD …`, SMPP 3.4 appendix B).
 * @param ids `hex` where a gateway names ids in decimals of what it answered in hexadecimals, as some do
 * @returns nothing for a message of somebody's, for a word in between, and for what names no message
 */
export function receiptOf(pdu: Delivered, ids: 'same' | 'hex' = 'same'): Receipt | undefined {
  if (typeof pdu.esm_class !== 'number' || (pdu.esm_class & 0x3c) !== IS_RECEIPT) return undefined;
  const text = textOf(pdu.short_message);
  const named =
    typeof pdu.receipted_message_id === 'string' && pdu.receipted_message_id
      ? pdu.receipted_message_id
      : /\bid:\s*(\S+)/i.exec(text)?.[1];
  const state =
    typeof pdu.message_state === 'number'
      ? BY_NUMBER[pdu.message_state]
      : BY_TEXT[/\bstat:\s*([A-Z]+)/i.exec(text)?.[1]?.toUpperCase() ?? ''];
  if (!named || !state) return undefined;
  const gateway_id = ids === 'hex' && /^\d+$/.test(named) ? BigInt(named).toString(16) : named.toLowerCase();
  return { gateway_id: gateway_id.replace(/^0+(?=.)/, ''), state };
}

/** A gateway's id as it is kept: receipts write the same one in other letters or with other zeros. */
export const idAsKept = (id: string): string =>
  id
    .toLowerCase()
    .replace(/^0+(?=.)/, '')
    .slice(0, 100);
