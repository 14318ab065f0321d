// A connection is read as PostgreSQL reads it, so that the program goes where the server will go.
import { expect, test } from 'vitest';
import { addressesOf } from '../cli/conninfo.ts';

const read = (text: string) => addressesOf(text).map(({ connectionTimeoutMillis: _, ...rest }) => rest);

test('several hosts in their order, each with its port; quotes and what is escaped in them', () => {
  expect(
    read(`host=a,b port=1,2 dbname=itsso user = itsso_nation password='it''s' sslmode=disable`.replace("''", "\\'")),
  ).toEqual(
    ['a', 'b'].map((host, n) => ({
      host,
      port: n + 1,
      user: 'itsso_nation',
      password: "it's",
      database: 'itsso',
      ssl: false,
    })),
  );
  expect(read('host=/run/postgresql')).toEqual([{ host: '/run/postgresql', port: 5432, ssl: false }]);
  expect(read('host=a,b port=6432 sslmode=disable').map(({ port }) => port)).toEqual([6432, 6432]);
});

test('a certificate is proved only where it says so; what prefers a cipher does without', () => {
  const ssl = (mode: string) => read(`host=a sslmode=${mode}`).map((one) => one.ssl);
  expect(ssl('prefer')).toEqual([{ rejectUnauthorized: false }, false]);
  expect(ssl('require')).toEqual([{ rejectUnauthorized: false }]);
  expect(ssl('verify-full')).toEqual([{}]);
  expect(() => read('host=a sslmode=verify-full sslrootcert=/nowhere/ca')).toThrow('ENOENT');
});

test('what is none is refused', () => {
  for (const wrong of ['', 'dbname=itsso', 'host=a user', 'postgres://a/b', "host='a"])
    expect(() => addressesOf(wrong), wrong).toThrow();
});
