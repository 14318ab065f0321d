// Which addresses may be called, how long one waits, what a signature is.
import { expect, test } from 'vitest';
import { isLost, isPublic, signaturesOf, waitAfter, whyNotAddress, whyNotChannel } from './rules.ts';

test.each([
  'https://hooks.upcop.example.in/itsso',
  'https://hooks.upcop.example.in:8443/itsso?x=1',
  'https://8.8.8.8/h',
  'https://[2404:6800:4009::200e]/h',
])('%s may be called', (url) => expect(whyNotAddress(url, false)).toBeUndefined());

test.each([
  'http://hooks.upcop.example.in/',
  'ftp://upcop.example.in/',
  'file:///etc/passwd',
  'gopher://upcop.example.in/',
  'https://user:pw@upcop.example.in/',
  'https://upcop.example.in/#x',
  'https://upcop.example.in:22/',
  'https://localhost/',
  'https://db/',
  'https://metadata.google.internal/',
  'https://printer.local/',
  'https://printer.local./',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://0/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'not an address',
  '',
  `https://upcop.example.in/${'x'.repeat(500)}`,
])('%s may not be called', (url) => expect(whyNotAddress(url, false)).toBe('webhook-address'));

test('only the practice system calls its own machine, and nothing else inward', () => {
  expect(whyNotAddress('http://127.0.0.1:9000/h', true)).toBeUndefined();
  expect(whyNotAddress('http://localhost:9000/h', true)).toBeUndefined();
  expect(whyNotAddress('http://10.0.0.1:9000/h', true)).toBe('webhook-address');
  expect(whyNotAddress('http://localhost.attacker.example.in/h', true)).toBe('webhook-address');
});

test('what a name leads to is public or not, whatever it is called', () => {
  for (const inward of ['127.0.0.53', '10.0.0.1', '::1', '::ffff:192.168.0.1', 'fe80::1', '0.0.0.0', 'nonsense', ''])
    expect(isPublic(inward), inward).toBe(false);
  for (const outward of ['8.8.8.8', '172.32.0.1', '2404:6800:4009::200e'])
    expect(isPublic(outward), outward).toBe(true);
});

test('waits grow, and patience ends after five days', () => {
  const hours = [1, 2, 3, 4, 5, 6, 7, 40].map((n) => Temporal.Duration.from(waitAfter(n)).total('hours'));
  expect(hours).toEqual([1 / 60, 1 / 12, 0.5, 2, 6, 12, 12, 12]);
  const since = Temporal.Instant.from('2026-01-01T00:00Z');
  expect(isLost(since, Temporal.Instant.from('2026-01-05T23:59Z'))).toBe(false);
  expect(isLost(since, Temporal.Instant.from('2026-01-06T00:00Z'))).toBe(true);
});

test('a signature is that of Standard Webhooks', () => {
  // the example of that specification
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const signed = signaturesOf([secret], 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}');
  expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect(signaturesOf([secret, Buffer.from('x')], 'a', '1', '{}').split(' ')).toHaveLength(2);
});

test('an app’s channel needs the app; a web form needs nobody', () => {
  expect(whyNotChannel('web', null, false)).toBeUndefined();
  expect(whyNotChannel('up-cop', null, false)).toBe('client-needed');
  expect(whyNotChannel('up-cop', null, true)).toBeUndefined();
  expect(whyNotChannel('up-cop', { channel: 'up-cop' }, false)).toBeUndefined();
  expect(whyNotChannel('web', { channel: 'up-cop' }, true)).toBe('not-the-clients-channel');
});
