// SMS over SMPP against a real peer: what stands on the wire, what is done when the peer misbehaves, and what receipts make of a message.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { act, house, newId } from '#foundation';
import { sendSms } from '#notify';
import { sealNewCase } from '#sealed-identity';
import smpp from 'smpp';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { type Peer, smppPeer } from '../../../test/smpp-peer.ts';
import type { Outgoing, Outside } from './gateway.ts';
import { type Receipt, receiptOf } from './receipts.ts';
import { segmentsOf } from './segments.ts';
import { deliver, heard } from './sending.ts';
import { smppGateway, type SmppSettings } from './smpp.ts';

const HINDI = 'आपका कोड 4821 7390 है। पहले तय शब्द सुनें, फिर बताएं।';
const open: { close?: () => Promise<void> }[] = [];
let heardOf: Receipt[] = [];
let hear: (receipt: Receipt) => Promise<void> = async () => undefined;

async function linked(
  settings: Partial<SmppSettings> = {},
  peerOptions: Parameters<typeof smppPeer>[0] = {},
): Promise<{ peer: Peer; way: Outside }> {
  const peer = await smppPeer(peerOptions);
  const way = smppGateway(
    {
      url: peer.url,
      system_id: 'house',
      password: 'secret',
      header: 'NAGRIK',
      entity: '1101234567890123456',
      template_ids: { 'call-code.hi': '1107161234567890123' },
      answer_ms: 400,
      throttled_ms: 20,
      again_ms: 20,
      ...settings,
    },
    async (receipt) => {
      heardOf.push(receipt);
      await hear(receipt);
    },
  );
  open.push(way, peer);
  if (settings.password === undefined) await vi.waitFor(() => expect(way.ready?.()).toBe(true), 3000);
  return { peer, way };
}
const out = (more: Partial<Outgoing> = {}): Outgoing => ({
  id: newId(),
  channel: 'sms',
  to: '+919876543210',
  template: 'call-code',
  language: 'hi',
  text: HINDI,
  ...more,
});
const octets = (pdu: Peer['submitted'][number]): { udh?: Buffer[]; message: string } =>
  pdu.short_message as { udh?: Buffer[]; message: string };

afterEach(async () => {
  for (const one of open.splice(0)) await one.close?.();
  heardOf = [];
  hear = async () => undefined;
});

describe('on the wire', () => {
  test('a Hindi text goes as UCS-2 with entity and template, a receipt asked for, to the bare number', async () => {
    const { peer, way } = await linked();
    expect(await way.give(out())).toEqual({ kind: 'taken', gateway_ids: ['ab1'] });
    expect(peer.binds[0]).toMatchObject({ system_id: 'house', interface_version: 0x34 });
    expect(peer.submitted[0]).toMatchObject({
      destination_addr: '919876543210',
      dest_addr_ton: 1,
      source_addr: 'NAGRIK',
      source_addr_ton: 5,
      data_coding: 8,
      esm_class: 0,
      registered_delivery: 1,
    });
    const [whole] = peer.wire;
    expect(whole?.includes(Buffer.from(HINDI, 'utf16le').swap16())).toBe(true);
    const tlv = (tag: number, value: string) =>
      Buffer.concat([Buffer.from([tag >> 8, tag & 255, 0, value.length]), Buffer.from(value)]);
    expect(whole?.includes(tlv(0x1400, '1101234567890123456'))).toBe(true);
    expect(whole?.includes(tlv(0x1401, '1107161234567890123'))).toBe(true);
  });

  test('where the operator wants them so, registrations end in a NUL and lie under other tags', async () => {
    const { peer, way } = await linked({ tlv: 'cstring', tags: [0x1500, 0x1501], entity: 'E1' });
    await way.give(out());
    expect(peer.wire[0]?.includes(Buffer.from([0x15, 0x00, 0, 3, 0x45, 0x31, 0]))).toBe(true);
  });

  test('an English text goes in the basic alphabet, signs that lie elsewhere in it too', async () => {
    const { peer, way } = await linked();
    await way.give(out({ language: 'en', text: 'Code 12 @ 5$' }));
    expect(peer.submitted[0]).toMatchObject({ data_coding: 0 });
    expect(peer.wire[0]?.includes(Buffer.from([...Buffer.from('Code 12 '), 0, ...Buffer.from(' 5'), 2]))).toBe(true);
  });

  test('a long text goes in parts of at most 67 units under one reference, and is whole again in order', async () => {
    const { peer, way } = await linked();
    const text = `${HINDI} क्षत्रिय 👩🏽‍⚖️ `.repeat(4).trim();
    const answer = await way.give(out({ text }));
    const { parts } = segmentsOf(text);
    expect(parts.length).toBeGreaterThan(3);
    expect(answer).toMatchObject({ kind: 'taken', gateway_ids: parts.map((_, n) => `ab${n + 1}`) });
    const references = new Set<number | undefined>();
    for (const [n, pdu] of peer.submitted.entries()) {
      expect(pdu).toMatchObject({ esm_class: 0x40, data_coding: 8 });
      const at = peer.wire[n]?.indexOf(Buffer.from([5, 0, 3])) ?? -1;
      expect(at).toBeGreaterThan(0);
      references.add(peer.wire[n]?.[at + 3]);
      expect([peer.wire[n]?.[at + 4], peer.wire[n]?.[at + 5]]).toEqual([parts.length, n + 1]);
      expect(octets(pdu).message.length).toBeLessThanOrEqual(67);
    }
    expect(references.size).toBe(1);
    expect(peer.submitted.map((pdu) => octets(pdu).message).join('')).toBe(text);
  });
});

describe('a peer that misbehaves', () => {
  test('that is not there: certainly nothing went, and the link is made when it comes', async () => {
    const { peer, way } = await linked({ again_ms: 250 });
    peer.cut();
    await vi.waitFor(() => expect(way.ready?.()).toBe(false), { interval: 5 });
    expect(await way.give(out())).toEqual({ kind: 'not-now', reason: 'not-connected' });
    await vi.waitFor(() => expect(way.ready?.()).toBe(true), 3000);
    expect((await way.give(out())).kind).toBe('taken');
    expect(peer.binds).toHaveLength(2);
  });

  test('that throttles: asked again a little later; that goes on so: not now, and nothing was taken', async () => {
    const { peer, way } = await linked();
    peer.manner((_pdu, _session, nth) => (nth === 1 ? (smpp.ESME_RTHROTTLED ?? 0x58) : 'take'));
    expect((await way.give(out())).kind).toBe('taken');
    peer.manner(() => smpp.ESME_RTHROTTLED ?? 0x58);
    expect(await way.give(out())).toEqual({ kind: 'not-now', reason: 'throttled' });
    expect(peer.submitted).toHaveLength(5);
  });

  test('that refuses the number: refused for good', async () => {
    const { peer, way } = await linked();
    peer.manner(() => smpp.ESME_RINVDSTADR ?? 0x0b);
    expect(await way.give(out())).toEqual({ kind: 'refused', reason: 'refused' });
  });

  test('that drops the link mid-submit, or says nothing: nobody knows, and nothing is submitted twice', async () => {
    const { peer, way } = await linked();
    peer.manner(() => 'drop');
    expect(await way.give(out())).toEqual({ kind: 'unsure', reason: 'link-lost' });
    await vi.waitFor(() => expect(way.ready?.()).toBe(true), 3000);
    peer.manner(() => 'silence');
    expect(await way.give(out())).toEqual({ kind: 'unsure', reason: 'no-answer' });
    expect(peer.submitted).toHaveLength(2);
  });

  test('that takes the beginning of a long text and not its end: nobody sends the beginning again', async () => {
    const { peer, way } = await linked();
    peer.manner((_pdu, _session, nth) => (nth === 2 ? (smpp.ESME_RSYSERR ?? 8) : 'take'));
    expect(await way.give(out({ text: HINDI.repeat(3) }))).toEqual({ kind: 'unsure', reason: 'partly' });
    expect(peer.submitted).toHaveLength(2);
  });

  test('that answers twice: taken once', async () => {
    const { peer, way } = await linked();
    peer.manner(() => 'take-twice');
    expect(await way.give(out())).toEqual({ kind: 'taken', gateway_ids: ['ab1'] });
    expect(await way.give(out())).toEqual({ kind: 'taken', gateway_ids: ['ab2'] });
  });

  test('that does not know us: no link, and it is asked again in growing intervals', async () => {
    const { peer, way } = await linked({ password: 'wrong' });
    await vi.waitFor(() => expect(peer.binds.length).toBeGreaterThan(2), 3000);
    expect(way.ready?.()).toBe(false);
    expect(await way.give(out())).toEqual({ kind: 'not-now', reason: 'not-connected' });
  });

  test('that falls silent: the link is asked whether it lives, and made anew when it does not', async () => {
    const quick = await linked({ alive_ms: 40 });
    await vi.waitFor(() => expect(quick.peer.enquiries()).toBeGreaterThan(2), 3000);
    expect(quick.peer.binds).toHaveLength(1);
    const { peer } = await linked({ alive_ms: 40, answer_ms: 60 }, { mute: true });
    await vi.waitFor(() => expect(peer.binds.length).toBeGreaterThan(1), 3000);
  });

  test('more parts than the window holds wait their turn, and all go', async () => {
    const { peer, way } = await linked({ window: 3 });
    let under_way = 0;
    let most = 0;
    peer.manner((pdu, session) => {
      most = Math.max(most, ++under_way);
      setTimeout(() => {
        under_way -= 1;
        session.send(pdu.response({ message_id: `x${pdu.sequence_number}` }));
      }, 30);
      return 'silence';
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => way.give(out())));
    expect(answers.every(({ kind }) => kind === 'taken')).toBe(true);
    expect(most).toBe(3);
  });
});

describe('receipts', () => {
  test.each([
    [
      { esm_class: 4, receipted_message_id: '00AB1', message_state: 2 },
      { gateway_id: 'ab1', state: 'delivered' },
    ],
    [
      { esm_class: 4, receipted_message_id: 'x-9', message_state: 5 },
      { gateway_id: 'x-9', state: 'undelivered' },
    ],
    [
      {
        esm_class: 4,
        short_message: { message: 'id:17 sub:001 dlvrd:001 submit date:2601051000 stat:DELIVRD err:000' },
      },
      { gateway_id: '17', state: 'delivered' },
    ],
    [
      { esm_class: 4, short_message: { message: 'id:17 stat:EXPIRED' } },
      { gateway_id: '17', state: 'undelivered' },
    ],
    [{ esm_class: 4, short_message: { message: 'id:17 stat:ACCEPTD' } }, undefined],
    [{ esm_class: 4, short_message: { message: 'stat:DELIVRD' } }, undefined],
    // an SMS of somebody's to our header that looks like one
    [{ esm_class: 0, short_message: { message: 'id:17 stat:DELIVRD' } }, undefined],
  ] as const)('%j says %j', (pdu, says) => {
    expect(receiptOf(pdu)).toEqual(says);
  });

  test('where a gateway counts in decimals what it answered in hexadecimals, they are the same', () => {
    const pdu = { esm_class: 4, receipted_message_id: '171', message_state: 2 };
    expect(receiptOf(pdu, 'hex')).toEqual({ gateway_id: 'ab', state: 'delivered' });
  });
});

describe('in the house', () => {
  let h: TestHouse;
  beforeAll(async () => {
    h = await testHouse({ at: '2026-01-05T12:00+05:30' });
  });
  afterAll(() => h.close());
  const row = async (id: string) => (await h.sql('select * from notify.message where id = $1', [id]))[0]!;
  const written = () =>
    act(house(), 'notify.write', async (a) => {
      const subject = newId();
      const contact = { mobile: '+919876543210', mobile_shared: false, phone_watched: false, modes: ['call', 'sms'] };
      await sealNewCase(a, subject, { contact: { ...contact, windows: [], voicemail: false, languages: ['hi'] } });
      const params = { code: '48217390' };
      return (await sendSms(a, { subject, purpose: 'call-code', template: 'call-code', language: 'hi', params })).id;
    });

  test('a receipt makes the message delivered, with its time; told twice, or before the answer, it is the same', async () => {
    const { peer, way } = await linked();
    hear = (receipt) => act(house(), 'notify.receipt', (a) => heard(a, receipt));
    const id = await written();
    // the receipt overtakes the answer
    peer.manner((pdu, session) => {
      void peer.receipt({ receipted_message_id: '00EE', message_state: 2 }).then(() => {
        session.send(pdu.response({ message_id: '00ee' }));
      });
      return 'silence';
    });
    await deliver(id, { sms: way, email: undefined });
    expect(await row(id)).toMatchObject({ state: 'delivered', gateway_id: 'ee', ended_at: expect.anything() });
    expect(await peer.receipt({ receipted_message_id: '00EE', message_state: 2 })).toBe(0);
    expect(await row(id)).toMatchObject({ state: 'delivered', tries: 1 });
  });

  test('a receipt that says no makes it undelivered; one of a message nobody knows is taken and harms nothing', async () => {
    const { peer, way } = await linked();
    hear = (receipt) => act(house(), 'notify.receipt', (a) => heard(a, receipt));
    const id = await written();
    peer.manner((pdu, session) => {
      session.send(pdu.response({ message_id: 'U-1' }));
      return 'silence';
    });
    await deliver(id, { sms: way, email: undefined });
    expect(await row(id)).toMatchObject({ state: 'sent' });
    expect(await peer.receipt({ short_message: 'id:u-1 stat:UNDELIV err:027' })).toBe(0);
    expect(await row(id)).toMatchObject({ state: 'undelivered', reason: 'undelivered' });
    expect(await peer.receipt({ receipted_message_id: 'nobody', message_state: 2 })).toBe(0);
    expect(heardOf).toHaveLength(2);
  });

  test('a receipt that could not be written is asked for again', async () => {
    const { peer } = await linked();
    hear = () => Promise.reject(new Error('no database'));
    expect(await peer.receipt({ receipted_message_id: '1', message_state: 2 })).toBe(smpp.ESME_RX_T_APPN);
  });

  test('dropped mid-submit: the code goes once more as another message, each message one copy', async () => {
    const { peer, way } = await linked();
    const id = await written();
    peer.manner((_pdu, _session, nth) => (nth === 1 ? 'drop' : 'take'));
    await deliver(id, { sms: way, email: undefined });
    const [next] = await h.sql<{ id: string }>('select id from notify.message where copy_of = $1', [id]);
    expect(await row(id)).toMatchObject({ state: 'dead', reason: 'link-lost', settled: 'again', sealed_params: null });
    await vi.waitFor(() => expect(way.ready?.()).toBe(true), 3000);
    await Promise.all([1, 2, 3].map(() => deliver(next?.id ?? '', { sms: way, email: undefined })));
    await deliver(id, { sms: way, email: undefined });
    expect(await row(next?.id ?? '')).toMatchObject({ state: 'sent', tries: 1 });
    expect(peer.submitted).toHaveLength(2);
  });
});
