// Numbers as Prometheus reads them: plain lines. Labels are codes, paths of zones and names of routes; what a label may be is said here.
import type { Gauge } from './rules.ts';

/** Name, what it counts, and what its label is called. A gauge that is not in this table is not told. */
const TOLD: Record<string, { says: string; label?: string }> = {
  callback_waiting: { says: 'Complaints that wait for their call-back', label: 'unit' },
  callback_late: { says: 'Of these those past the 22 hours since less than a day', label: 'unit' },
  callback_unreached: { says: 'Of these those past the 22 hours since more than a day', label: 'unit' },
  sweep_age_seconds: { says: 'Since the minute’s sweep was last gone through' },
  clock_jump_seconds: { says: 'How far the database’s clock has jumped; 0 while it can be believed' },
  message_dead_letters: { says: 'Messages that could not go, undecided', label: 'channel' },
  message_waiting: { says: 'Messages in the outbox', label: 'channel' },
  sms_budget_percent: { says: 'Of the day’s money for SMS, how much is used, in percent' },
  sms_waiting_for_budget: { says: 'SMS that wait for tomorrow’s money' },
  sms_held_by_block: { says: 'SMS that wait because many numbers of one block were written to' },
  jobs_waiting: { says: 'Jobs whose time has come' },
  jobs_failed: { says: 'Jobs that had their last try within a day' },
  clocks_running: { says: 'Running clocks', label: 'kind' },
  clocks_overdue: { says: 'Running clocks past their day', label: 'kind' },
  attention_open: { says: 'Matters raised to posts and not acknowledged' },
  files_open: { says: 'Files by state', label: 'state' },
  vehicles_on_duty: { says: 'Vehicles on duty', label: 'zone' },
  alarms_open: { says: 'Alarms not closed' },
  part_missing: { says: 'Parts of rapid response that are silent or too few', label: 'part' },
  figures_waiting: { says: 'Changes that are not in the figures yet' },
  run_age_seconds: { says: 'Since the last backup, and the last drill of restoring, that went well', label: 'kind' },
  run_failed: { says: 'Backups and drills that failed since', label: 'kind' },
  owner_vacant: { says: 'Backups and drills whose post nobody holds', label: 'kind' },
  sessions_open: { says: 'Open sessions', label: 'kind' },
  database_bytes: { says: 'Size of the database' },
  copies_connected: { says: 'Copies of the database that stream' },
  copies_expected: { says: 'Copies that there are to be' },
  copies_missing: { says: 'Of these those that do not stream' },
  slot_disconnected: { says: 'Who has a place in the log and is not connected', label: 'slot' },
  slot_lost: { says: 'Who has lost his place in the log, or is about to', label: 'slot' },
  slot_kept_bytes: { says: 'How much of the log is kept for a reader', label: 'slot' },
  slot_kept_percent: { says: 'The same of the most that is kept, in percent', label: 'slot' },
  slots_unlimited: { says: 'Whether the log is kept for readers until the disk is full' },
  archive_waiting_seconds: { says: 'How long the oldest finished piece of the log waits to be laid away' },
  archive_waiting_segments: { says: 'Finished pieces of the log that wait for it' },
  setting_unsafe: { says: 'A setting of the server that gives up something acknowledged', label: 'setting' },
  snapshot_oldest_seconds: { says: 'How long the oldest snapshot is held: nothing changed since is cleared away' },
  arrival_stopped: { says: 'What should arrive by replication and does not', label: 'subscription' },
  published_too_much: { says: 'What is published and may not be' },
  database_timeline: { says: 'Grows by one each time another node comes to lead' },
  copy_behind_seconds: { says: 'How far a copy of the database is behind', label: 'copy' },
  copy_behind_bytes: { says: 'The same in bytes of log', label: 'copy' },
};
/** The names that are told, for whoever writes rules and dashboards. */
export const TOLD_NAMES: readonly string[] = Object.keys(TOLD).map((name) => `itsso_${name}`);

// a code, a path of a unit or a name an operator gave: nothing that could be a person, a number or a text
const LABEL = /^[a-z0-9_.-]{0,80}$/;
/** Whether a text may be a label. Long digits are numbers of people or of complaints. */
export const mayBeLabel = (text: string): boolean => LABEL.test(text) && !/\d{6}/.test(text);

/** The lines of the gauges, version 0.0.4 of the text format. A label that may not be one is told as `other`. */
export function exposition(gauges: readonly Gauge[]): string {
  const lines: string[] = [];
  for (const [name, { says, label }] of Object.entries(TOLD)) {
    const rows = gauges.filter((one) => one.name === name);
    if (rows.length === 0) continue;
    lines.push(`# HELP itsso_${name} ${says}`, `# TYPE itsso_${name} gauge`);
    for (const one of rows) {
      const says = mayBeLabel(one.label) ? one.label : 'other';
      lines.push(`itsso_${name}${label ? `{${label}="${says}"}` : ''} ${one.value}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
