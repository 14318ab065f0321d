// E-mail to a real SMTP server: only where she chose it, nothing in it that betrays her or tells what sent it, and one copy.
import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { act, house, newId, read } from '#foundation';
import { sendSms, sentMessages } from '#notify';
import { type Contact, sealFields, sealNewCase } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import type { Outgoing, Outside } from './gateway.ts';
import { mailGateway } from './mail.ts';
import { deliver } from './sending.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T12:00+05:30' });
});
afterAll(() => h.close());

type Mail = { from: string; to: string[]; secure: boolean; user: string | undefined; raw: string };
const open: { close: () => unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function mailServer(
  options: SMTPServerOptions = {},
): Promise<{ port: number; mails: Mail[]; server: SMTPServer }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'p@ss' ? done(null, { user: username ?? '' }) : done(new Error('no')),
    onData: async (stream: SMTPServerDataStream, session, done) => {
      let raw = '';
      for await (const part of stream) raw += part;
      const { mailFrom, rcptTo } = session.envelope;
      mails.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        secure: session.secure,
        user: session.user,
        raw,
      });
      done();
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push({ close: () => server.close() });
  const at = server.server.address();
  return { port: typeof at === 'object' && at ? at.port : 0, mails, server };
}
const wayTo = (port: number, who = 'house:p%40ss@'): Outside => {
  const way = mailGateway({
    url: `smtp://${who}127.0.0.1:${port}`,
    from: 'suchna@nagrik.example',
    trust: 'anyone',
    timeout_ms: 600,
  });
  open.push({ close: () => way.close?.() });
  return way;
};
const out: Outgoing = {
  id: '01900000-0000-7000-8000-00000000abcd',
  channel: 'email',
  to: 'asha@her.example',
  template: 'update',
  language: 'hi',
  text: 'आपके अनुरोध में नई जानकारी है। समय मिलने पर देखें।',
  subject: 'सर्वे',
};

test('it goes encrypted, in plain text, from a neutral address, and says nothing of what sent it', async () => {
  const { port, mails } = await mailServer();
  expect(await wayTo(port).give(out)).toEqual({ kind: 'taken', gateway_ids: [out.id] });
  const [mail] = mails;
  expect(mail).toMatchObject({ from: 'suchna@nagrik.example', to: ['asha@her.example'], secure: true, user: 'house' });
  const [head = '', body = ''] = (mail?.raw ?? '').split('\r\n\r\n');
  expect(Buffer.from(body, 'base64').toString('utf8').trim()).toBe(out.text);
  expect(head).toContain(`Subject: =?UTF-8?B?${Buffer.from('सर्वे').toString('base64')}?=`);
  expect(head).toContain('From: suchna@nagrik.example');
  expect(head).toContain(`Message-ID: <${out.id}@nagrik.example>`);
  expect(head).toMatch(/Content-Type: text\/plain; charset=utf-8/i);
  const names = head.split(/\r\n(?!\s)/).map((line) => line.split(':')[0]?.toLowerCase());
  expect(names.toSorted()).toEqual([
    'auto-submitted',
    'content-transfer-encoding',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'subject',
    'to',
  ]);
  expect(mail?.raw).not.toMatch(/itsso|police|nodemailer|x-mailer|list-|https?:|<img/i);
});

test.each([
  ['a server without encryption gets nothing', { disabledCommands: ['STARTTLS'] }, 'not-now'],
  ['a wrong password is our own mistake, and waits', { onAuth: (_a, _s, done) => done(new Error('no')) }, 'not-now'],
  [
    'a mailbox that is not there is refused for good',
    { onRcptTo: (_a, _s, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })) },
    'refused',
  ],
  [
    'a mailbox that is full for now waits',
    { onRcptTo: (_a, _s, done) => done(Object.assign(new Error('later'), { responseCode: 452 })) },
    'not-now',
  ],
  [
    'a text refused by its answer is refused',
    {
      onData: (stream, _s, done) => {
        stream.on('end', () => done(Object.assign(new Error('spam'), { responseCode: 554 }))).resume();
      },
    },
    'refused',
  ],
  ['no answer after the text leaves it open', { onData: (stream) => void stream.resume() }, 'unsure'],
] satisfies [string, SMTPServerOptions, string][])('%s', async (_name, options, kind) => {
  const { port, mails } = await mailServer(options);
  expect((await wayTo(port).give(out)).kind).toBe(kind);
  expect(mails).toEqual([]);
});

test('a server that drops the line after the text leaves it open; one that is not there certainly took nothing', async () => {
  const sockets = new Set<Socket>();
  const { port, server } = await mailServer({
    onData: (stream) => {
      stream.on('end', () => {
        for (const socket of sockets) socket.destroy();
      });
      stream.resume();
    },
  });
  server.server.on('connection', (socket) => sockets.add(socket));
  expect((await wayTo(port).give(out)).kind).toBe('unsure');
  expect(await wayTo(1).give(out)).toEqual({ kind: 'not-now', reason: 'not-connected' });
});

async function woman(contact: Partial<Contact>): Promise<string> {
  const subject = newId();
  await act(house(), 'sealed-identity.seal', async (a) => {
    const plain = { mobile_shared: false, phone_watched: false, voicemail: false, languages: ['hi'] };
    const whole = { ...plain, mobile: '+919812300000', modes: ['call'], windows: [], email: 'asha@her.example' };
    await sealNewCase(a, subject, { contact: { ...whole, ...contact } });
  });
  return subject;
}
const update = (subject: string) =>
  act(house(), 'notify.write', (a) =>
    sendSms(a, { subject, purpose: 'update', template: 'update', language: 'hi', params: {} }),
  );
const written = (subject: string) =>
  h.sql('select channel, state from notify.message where subject = $1 order by channel', [subject]);

test('an e-mail goes only where she gave an address and chose the way, whether or not by SMS too', async () => {
  const [both, mail, sms] = [
    await woman({ modes: ['sms', 'email'] }),
    await woman({ modes: ['call', 'email'] }),
    await woman({ modes: ['call', 'sms'] }),
  ];
  for (const subject of [both, mail, sms]) await update(subject);
  expect(await written(both)).toEqual([
    { channel: 'email', state: 'waiting' },
    { channel: 'sms', state: 'waiting' },
  ]);
  expect(await written(mail)).toEqual([
    { channel: 'email', state: 'waiting' },
    { channel: 'sms', state: 'withheld' },
  ]);
  expect(await written(sms)).toEqual([{ channel: 'sms', state: 'waiting' }]);
  const [without] = [await woman({ modes: ['email'], email: undefined })];
  await update(without);
  expect(await written(without)).toEqual([{ channel: 'sms', state: 'withheld' }]);
});

test('who wants no contact gets no e-mail either, and a code never goes by e-mail', async () => {
  const quiet = await woman({ modes: ['no_contact'] });
  await update(quiet);
  expect(await written(quiet)).toEqual([{ channel: 'sms', state: 'withheld' }]);
  const subject = await woman({ modes: ['call', 'email'] });
  await act(house(), 'notify.write', (a) =>
    sendSms(a, { subject, purpose: 'c', template: 'track-code', language: 'hi', params: { code: '482173' } }),
  );
  expect(await written(subject)).toEqual([{ channel: 'sms', state: 'waiting' }]);
});

test('who says “no contact” after it was written gets nothing: what she wants is asked again when it goes', async () => {
  const subject = await woman({
    modes: ['sms', 'email'],
    windows: [{ from: '15:00', to: '16:00' }],
    email: 'b@her.example',
  });
  await update(subject);
  await act(house(), 'sealed-identity.seal', (a) =>
    sealFields(a, subject, {
      contact: {
        mobile: '+919812300000',
        email: 'b@her.example',
        modes: ['no_contact'],
        windows: [],
        mobile_shared: false,
        phone_watched: false,
        voicemail: false,
        languages: ['hi'],
      },
    }),
  );
  await h.at('2026-01-05T15:10+05:30');
  expect(await written(subject)).toEqual([
    { channel: 'email', state: 'withheld' },
    { channel: 'sms', state: 'withheld' },
  ]);
});

test('in practice it lies in the outbox, under the subject she chose; by SMTP it goes once, in her hours', async () => {
  const windows = [{ from: '17:00', to: '18:00' }];
  const practice = await woman({ modes: ['email'], windows, decoy_subject: 'parcel', email: 'p@her.example' });
  await update(practice);
  await h.at('2026-01-05T16:50+05:30');
  const sent = () => read(house(), 'notify.look', (r) => sentMessages(r, 'p@her.example'));
  expect(await sent()).toEqual([]);
  await h.at('2026-01-05T17:05+05:30');
  expect(await sent()).toMatchObject([{ template: 'update', text: `पार्सल\n\n${out.text}` }]);

  const { port, mails } = await mailServer();
  const ways = { sms: wayTo(port), email: wayTo(port) };
  const real = await woman({ modes: ['email'], decoy_subject: 'none' });
  await update(real);
  const [row] = await h.sql<{ id: string }>("select id from notify.message where subject = $1 and channel = 'email'", [
    real,
  ]);
  await Promise.all([1, 2, 3].map(() => deliver(row?.id ?? '', ways)));
  expect(mails).toHaveLength(1);
  expect(mails[0]?.raw).toContain(Buffer.from('सूचना').toString('base64'));
});
