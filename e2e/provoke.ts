// Bad input of every kind, and what the answers to it may not say.
import { asForm } from './answers.ts';
import { someComplaint } from './complaint.ts';
import type { RunningHouse } from './house.ts';
import type { Wire } from './wire.ts';

/**
 * Everything that may make a server say too much: NUL characters, bodies too large, broken JSON, ids that are none.
 * @param house the house
 * @param rough the line it is asked on
 * @param word what is sent everywhere and may come back nowhere
 * @returns what was wrong with the answers
 */
export async function provoke(house: RunningHouse, rough: Wire, word: string): Promise<string[]> {
  const provoked: string[] = [];
  const token = await house.signIn('khan');
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const api = (at: string, body: unknown, more: Record<string, string> = {}) =>
    rough.post(`/api/v1${at}`, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {
      ...json,
      ...more,
    });
  const khan = { authorization: `Bearer ${token}` };
  await rough.press('start');
  await rough.press('save', asForm({ screen: 'danger', danger_now: 'no' }));
  const found = [
    await rough.press('save', asForm({ screen: 'name', name: `${word}\0`, guardian_name: `\u202e${word}\ud800` })),
    await rough.press('save', asForm({ screen: word, do: word, __proto__: word, 'a.b.c': word })),
    await rough.press(`change-${word}`),
    await rough.press('save', asForm({ screen: 'account', account_choice: 'write', account: word.repeat(20_000) })),
    await rough.post('/', Buffer.from(`do=save&screen=name&name=${word}%`)),
    await rough.post('/', Buffer.from(`do=save&name=${word.repeat(22_000)}`)),
    await rough.post('/', Buffer.from(`--x\r\ncontent-disposition: form-data; name="${word}`), {
      'content-type': 'multipart/form-data; boundary=x',
    }),
    await rough.post('/', Buffer.from(word), { 'content-type': 'text/plain' }),
    await rough.post('/', Buffer.from(`{"name":"${word}"`), json),
    await rough.post('/x', Buffer.from(word)),
    await rough.get(`/?name=${word}`),
    await rough.get(`/${word}`),
    await rough.get(`/file/${word}`),
    await rough.get(`/l/${word}`),
    await rough.get(`/%00${word}`),
    await rough.get('/', { cookie: `__Host-s=${word}; __Host-v=${word}; __Host-p=${word}; __Host-l=${word}` }),
    await rough.get('/', { cookie: `__Host-s=${word.repeat(500)}` }),
    await api('/complaints', `{"affected":{"name":"${word}"`),
    await api('/complaints', { affected: { name: { [word]: word } }, [word]: word, station: word }),
    await api('/complaints', someComplaint({ station: word, account: { text: `${word}\u0000` } })),
    await api(
      '/complaints',
      someComplaint({ affected: { name: `${word}\u0000\ud800`, age: 30, woman_or_girl: true } }),
    ),
    await api('/complaints', someComplaint({ address_now: { district: word } })),
    await api('/complaints', someComplaint({ form_id: word })),
    await api('/complaints', `"${word.repeat(22_000)}"`),
    await api('/complaints', '['.repeat(100_000)),
    await api('/complaints', someComplaint(), { 'idempotency-key': word.repeat(50) }),
    await api('/track/sessions', { receipt: word }),
    await api('/track/sessions', { number: word, mobile: word, code: word }),
    await api('/track/codes', { number: word, mobile: `${word}\u0000` }),
    await api(`/files/${word}/steps`, { step: word }, khan),
    await api('/files/123456789012/steps', { step: 'diary', text: `${word}\u0000` }, khan),
    await api(`/callbacks/${word}/claim`, {}, khan),
    await rough.get(`/api/v1/files/${word}`, { ...json, ...khan }),
    await rough.get(`/api/v1/files/%00${word}`, { ...json, ...khan }),
    await rough.get('/api/v1/track', { ...json, authorization: `Bearer ${word.repeat(4)}` }),
    await rough.get(`/api/v1/desk?after=${word}&limit=${word}`, { ...json, ...khan }),
  ];
  for (const [nth, { status, at, text, headers }] of found.entries()) {
    if (status >= 500) provoked.push(`${status} ${at} (${nth})`);
    // her own page shows her what she typed; nobody else's answer repeats anything
    const hers = at === '/' && /^text\/html/.test(headers['content-type'] ?? '') && [200, 422].includes(status);
    if (!hers && text.includes(word)) provoked.push(`${status} ${at} repeats what was sent`);
    if (
      /\.(ts|js|svelte):\d+|node:internal|\bat (async )?[\w.]+ \(|\bselect\b.+\bfrom\b|postgres|sqlstate|kysely/i.test(
        text,
      )
    )
      provoked.push(`${status} ${at} shows its inside: ${text.slice(0, 200)}`);
  }
  return provoked;
}
