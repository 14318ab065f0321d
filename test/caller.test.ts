// Who a caller is, by whom guesses are counted: the proxy's word, and for whoever comes past it his own connection.
import { afterEach, expect, test, vi } from 'vitest';
import { nameCaller } from '../server/caller.ts';

afterEach(() => vi.unstubAllEnvs());
const named = (headers: Record<string, string>, remoteAddress?: string) => {
  nameCaller({ headers, socket: { remoteAddress } });
  return headers;
};

test('what the proxy wrote stays; who comes past it cannot be nobody', () => {
  expect(named({ 'x-forwarded-for': '203.0.113.7' }, '127.0.0.1')).toEqual({ 'x-forwarded-for': '203.0.113.7' });
  expect(named({}, '127.0.0.1')).toEqual({ 'x-forwarded-for': '127.0.0.1' });
  vi.stubEnv('ADDRESS_HEADER', 'X-Real-IP');
  expect(named({}, '::1')).toEqual({ 'x-real-ip': '::1' });
});
