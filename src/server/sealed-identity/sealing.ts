// Fields of a case are sealed, each under the key of its class: the first with the keys themselves, later ones as new versions.
import type { Act } from '#foundation';
import { newDataKey, sealText, unwrapKey } from './cipher.ts';
import type { FieldName, SealedFields } from './fields.ts';
import { hashNamesOf } from './names.ts';
import { classOf, type SealClass } from './rules.ts';
import * as store from './store.ts';

/**
 * Draws the two data keys of a new case and seals its first fields. As the house, once: nothing of the case is there yet, so nothing is asked
 * for. As with {@link sealFields}, a number becomes findable a moment later.
 * @param subject the case (uuid)
 * @param fields whole fields; none for a case of which nothing is sealed yet
 */
export async function sealNewCase(h: Act, subject: string, fields: SealedFields = {}): Promise<void> {
  const made = await Promise.all(
    (['identity', 'narrative'] as const).map(async (cls) => ({ cls, ...(await newDataKey(cls, subject)) })),
  );
  const rows = made.map(({ cls, wrapped }) => ({ subject, class: cls, wrapped, made_at: h.now }));
  const data = new Map(made.map(({ cls, key }) => [cls, key]));
  const sealed = sealedRows(h, subject, fields, data, new Map());
  await Promise.all([store.addCase(h, rows, sealed), findable(h, subject, fields)]);
}

/**
 * Seals fields of a case, each under the key of its class. As the house. Sealing a field again adds a version, the newest counts.
 * A number becomes findable a moment later, by a job: stretching it takes longer than all the rest of a filing. Names of the accused do at once.
 * @param subject a case that has its keys
 * @param fields whole fields; what is left out stays as it is
 */
export async function sealFields(h: Act, subject: string, fields: SealedFields): Promise<void> {
  if (given(fields).length === 0) return;
  const data = new Map<SealClass, Buffer>();
  const [wrapped, sealed] = await Promise.all([store.keysOf(h, subject), store.versionsOf(h, subject)]);
  for (const row of wrapped) data.set(row.class, await unwrapKey(row.class, subject, row.wrapped));
  const rows = sealedRows(h, subject, fields, data, new Map(sealed.map((row) => [row.field, row.version])));
  await Promise.all([store.addItems(h, rows), findable(h, subject, fields)]);
}
const given = (fields: SealedFields) =>
  (Object.entries(fields) as [FieldName, unknown][]).filter(([, value]) => value !== undefined);

// @param versions the newest of each field that is there already
const sealedRows = (
  h: Act,
  subject: string,
  fields: SealedFields,
  data: ReadonlyMap<SealClass, Buffer>,
  versions: ReadonlyMap<string, number>,
) =>
  given(fields).map(([field, value]) => {
    const cls = classOf(field);
    const key = data.get(cls);
    if (!key) throw new Error('the case has no keys yet');
    const sealed = sealText(key, cls, field, subject, JSON.stringify(value));
    return { subject, class: cls, field, version: (versions.get(field) ?? 0) + 1, sealed, sealed_at: h.now };
  });

const findable = (h: Act, subject: string, fields: SealedFields) =>
  Promise.all([
    fields.accused && hashNamesOf(h, subject, fields.accused),
    fields.contact && h.whenever('sealed-identity.index', { subject }, `sealed-identity.index ${subject}`),
  ]);
