// A backup of the embedded database while it runs: PostgreSQL's own low-level way (pg_backup_start … pg_backup_stop), because its binaries
// bring no pg_basebackup. The log that was written meanwhile is held by a slot and goes with it, so that each backup is whole by itself.
import path from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { newId } from '#foundation';
import { entriesOf, pack, type Packed } from './pack.ts';
import { type Manifest, put, putManifest, type Vault } from './store.ts';

const SLOT = 'itsso_backup';
// PostgreSQL says what a copy does without: its log is taken at the end, what belongs to the running server makes no sense elsewhere
const LEFT_OUT = [
  /^postmaster\.(pid|opts)$/,
  /^backup_label/,
  /^pg_wal\/./,
  /^(pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/./,
  /(^|\/)pgsql_tmp/,
  /(^|\/)pg_internal\.init/,
];

/**
 * Copies a running cluster into the store, sealed.
 * @param owner its superuser
 * @param folder where the cluster lies on this machine
 */
export async function takeBase(vault: Vault, owner: pg.ClientConfig, folder: string): Promise<Manifest> {
  const client = new pg.Client(owner);
  await client.connect();
  const ask = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T> =>
    (await client.query<T>(text, values)).rows[0] as T;
  try {
    // one at a time. The slot is this connection's alone and ends with it, however it ends: one that stayed would keep the log from going
    // until the disk is full. What an earlier version's broken backup has left is taken away
    await client.query(`select pg_advisory_lock(hashtext($1))`, [SLOT]);
    await client.query(
      `select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1 and not active`,
      [SLOT],
    );
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [SLOT]);
    const began = await ask<{ at: string; version: string; lsn: string }>(
      `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, current_setting('server_version') as version,
         pg_backup_start('itsso', fast => true)::text as lsn`,
    );
    const { first_wal } = await ask<{ first_wal: string }>('select pg_walfile_name($1::pg_lsn) as first_wal', [
      began.lsn,
    ]);
    // names count up: two backups of one second have their order by what is less than a second
    const id = `${began.at.slice(0, 26).replaceAll(/[-:.]/g, '')}-${newId().slice(-6)}`;
    const files: Packed[] = [];
    const copy = (root: string, which: ReturnType<typeof entriesOf>, name: string) =>
      put(vault, `base/${id}/${name}`, Readable.from(pack(root, which, (file) => files.push(file))));
    await copy(
      folder,
      entriesOf(folder, (at) => LEFT_OUT.some((one) => one.test(at))),
      'files',
    );
    const stopped = await ask<{ label: string; last_wal: string; at: string }>(
      `select b.labelfile as label, pg_walfile_name(b.lsn) as last_wal, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
       from pg_backup_stop(wait_for_archive => false) b`,
    );
    // the segment in which the copying ended must be on the disk as it will be read
    await client.query('select pg_switch_wal()');
    const wal = path.join(folder, 'pg_wal');
    const needed = entriesOf(wal, (at) => !/^[0-9A-F]{24}$/.test(at) || at < first_wal || at > stopped.last_wal);
    await copy(wal, needed, 'wal');
    await put(vault, `base/${id}/label`, Readable.from([Buffer.from(stopped.label)]));
    const manifest = {
      id,
      began_at: began.at,
      ended_at: stopped.at,
      version: began.version,
      first_wal,
      last_wal: stopped.last_wal,
      files,
    };
    await putManifest(vault, manifest);
    return manifest;
  } finally {
    await client
      .query(`select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1`, [SLOT])
      .catch(() => undefined);
    await client.end();
  }
}
