// What is not a form is said to be none; it is never a fault of ours.
import { expect, test } from 'vitest';
import { formOf, objectOf, toObject } from './form-fields.ts';

const sent = (body: string, type?: string) =>
  new Request('https://itsso.example/', { method: 'POST', body, headers: type ? { 'content-type': type } : {} });

test.each([
  ['a text', sent('id=verma', 'text/plain')],
  ['JSON', sent('{"id":"verma"}', 'application/json')],
  ['a body without a type', sent('id=verma')],
  [
    'a form in parts that was cut off',
    sent('--x\r\ncontent-disposition: form-data; name="id', 'multipart/form-data; boundary=x'),
  ],
  ['a form in parts that does not say where they end', sent('id=verma', 'multipart/form-data')],
])('%s is answered with 400', async (_what, request) => {
  await expect(formOf(request)).rejects.toMatchObject({ status: 400, body: { message: 'not-understood' } });
});

test('a form is read', async () => {
  expect((await formOf(sent('id=verma', 'application/x-www-form-urlencoded'))).get('id')).toBe('verma');
});

test('a body that is too large, or any other fault, is not called a form that was not understood', async () => {
  const fault = new Error('too large');
  const request = { formData: () => Promise.reject(fault) } as unknown as Request;
  await expect(formOf(request)).rejects.toBe(fault);
});

test('a name without an end is no field, and whatever a script sends is an object', async () => {
  const data = new FormData();
  data.set('sections.0.act', 'BNS');
  data.set(`${'a.'.repeat(60_000)}b`, 'x');
  expect(toObject(data)).toEqual({ sections: [{ act: 'BNS' }] });
  for (const body of ['null', '5', '"x"', '', '{', '{"a":1}'])
    expect(await objectOf(sent(body)), body).toEqual(body === '{"a":1}' ? { a: 1 } : {});
});
