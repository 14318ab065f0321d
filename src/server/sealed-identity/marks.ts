// What officers learn about an accused, as keyed hashes, and the files in sight in which somebody like him is accused.
import { sql } from 'kysely';
import { type Act, indexHash, indexRead, indexWrite, type Reading } from '#foundation';
import { blindIndex } from './cipher.ts';
import { hashNamesOf } from './names.ts';
import { soundsOf } from './phonetic.ts';
import { toE164 } from './rules.ts';

type MarkTable = {
  kind: 'phone' | 'vehicle' | 'address';
  hash: Buffer;
  subject: string;
  person: number;
  generation: number;
};
declare module '#foundation' {
  interface Database {
    'sealed.accused_mark': MarkTable;
  }
}

/** What is known of an accused. `vehicle`: its registration number. */
export type Known = {
  name?: string | undefined;
  alias?: string | undefined;
  phone?: string | undefined;
  vehicle?: string | undefined;
  address?: string | undefined;
};

/** A registration number in its one spelling: capital letters and digits; undefined for what is none. */
export const plateOf = (text: string): string | undefined => {
  const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return /^[A-Z]{2}\d{1,2}[A-Z]{0,3}\d{1,4}$/.test(plain) ? plain : undefined;
};

// words that stand in every address
const NO_PLACE = new Set(
  'house no near mohalla gali ward thana district मकान नंबर के पास मोहल्ला गली वार्ड थाना जिला'.split(' '),
);
const MOST_WORDS = 12;

/** The words of an address that tell one from another, each by how it sounds or, a number, as it is. */
const soundsOfAddress = (address: string): string[] => [
  ...new Set(
    address
      .toLowerCase()
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== '' && !NO_PLACE.has(word))
      .slice(0, MOST_WORDS)
      .flatMap((word) => (/^\p{N}+$/u.test(word) ? [word] : soundsOf(word).slice(0, 1))),
  ),
];

/**
 * Makes an accused findable by what was learnt of him. As the house; doing it twice is doing it once.
 * @param person which of the accused, from 0
 */
export async function markAccused(h: Act, subject: string, person: number, known: Known): Promise<void> {
  for (const name of [known.name, known.alias])
    if (name)
      await hashNamesOf(h, subject, [
        ...Array.from({ length: person }, () => ({ known: false })),
        { known: true, name },
      ]);
  const phone = known.phone && toE164(known.phone);
  const plate = known.vehicle && plateOf(known.vehicle);
  const generations = await indexWrite(h);
  const rows: MarkTable[] = [
    ...(phone ? await blindIndex('accused-mobile', phone, async () => generations) : []).map((mark) => ({
      kind: 'phone' as const,
      ...mark,
      subject,
      person,
    })),
    ...(plate ? await blindIndex('vehicle', plate, async () => generations) : []).map((mark) => ({
      kind: 'vehicle' as const,
      ...mark,
      subject,
      person,
    })),
    ...generations.flatMap((generation) =>
      soundsOfAddress(known.address ?? '').map((word) => ({
        kind: 'address' as const,
        hash: indexHash(generation, 'name-index', 'address', word),
        generation,
        subject,
        person,
      })),
    ),
  ];
  if (rows.length > 0)
    await h.db
      .insertInto('sealed.accused_mark')
      .values(rows)
      .onConflict((clash) => clash.doNothing())
      .execute();
}

/** Somebody in another file who is like an accused of this one. `names`: how much of the shorter name sounds alike, 0 to 1. */
export type Like = {
  person: number;
  subject: string;
  other: number;
  names: number;
  address: number;
  phone: boolean;
  vehicle: boolean;
};

/** How many of the shorter name's sounds must be those of the other; and of the shorter address. */
const NAME_ENOUGH = 0.6;
const ADDRESS_ENOUGH = 0.6;

/**
 * The accused of other files in sight who are like those of this one: by phone, by vehicle, by a name of two words or more that sounds
 * alike, or by one word of a name at the same address. Row security draws the circle.
 * @param subject the file (uuid)
 * @param most how many at most, the most alike first
 */
export async function likeAccused(r: Reading, subject: string, most: number): Promise<Like[]> {
  const generation = await indexRead(r);
  const { rows } = await sql<Like & { shared: number }>`
    with mine as materialized (
      select 'name' as kind, token as hash, person from sealed.name_token where subject = ${subject} and generation = ${generation}
      union all select kind, hash, person from sealed.accused_mark where subject = ${subject} and generation = ${generation}
    ), totals as materialized (select kind, person, count(*)::float as n from mine group by 1, 2),
    others as materialized (
      select m.kind, m.person, o.subject, o.person as other, count(*)::float as shared
      from mine m join sealed.name_token o on m.kind = 'name' and o.token = m.hash and o.subject <> ${subject} group by 1, 2, 3, 4
      union all
      select m.kind, m.person, o.subject, o.person, count(*)::float
      from mine m join sealed.accused_mark o on o.kind = m.kind and o.hash = m.hash and o.subject <> ${subject} group by 1, 2, 3, 4
    ), scored as (
      select o.*, o.shared / least(t.n, (case when o.kind = 'name'
        then (select count(*) from sealed.name_token x where x.subject = o.subject and x.person = o.other and x.generation = ${generation})
        else (select count(*) from sealed.accused_mark x where x.subject = o.subject and x.person = o.other and x.kind = o.kind
          and x.generation = ${generation}) end)) as share
      from others o join totals t on t.kind = o.kind and t.person = o.person
    ), pairs as (
      select person, subject, other,
        coalesce(max(share) filter (where kind = 'name'), 0) as names, coalesce(max(shared) filter (where kind = 'name'), 0) as shared,
        coalesce(max(share) filter (where kind = 'address'), 0) as address,
        coalesce(bool_or(kind = 'phone'), false) as phone, coalesce(bool_or(kind = 'vehicle'), false) as vehicle
      from scored group by 1, 2, 3
    )
    select person, subject, other, names, address, phone, vehicle from pairs
    where phone or vehicle or (names >= ${NAME_ENOUGH} and (shared >= 2 or address >= ${ADDRESS_ENOUGH}))
    order by (phone::int + vehicle::int) desc, names + address desc, subject, other limit ${most}`.execute(r.db);
  return rows;
}
