// What is to be done about each trouble, and who is asked: commands are typed on the house's machine, as root (docs/running.md).

/**
 * Who answers. `upkeep`: the post that was named for it; `service`: the post that answers for that part of rapid response; `desk`: for its
 * call-back desk; `house`: the administrator of the widest unit.
 */
export type Asked = 'upkeep' | 'service' | 'desk' | 'house';
/** `page`: where it is looked at or mended in the house itself. */
export type Remedy = { asks: Asked; commands: readonly string[]; page?: '/status' | '/dead-letters' | '/callbacks' };

const WORKERS = ["systemctl status 'itsso-worker@*'", "journalctl -u 'itsso-worker@*' -o cat -n 50"] as const;
const RUNS = [
  "journalctl -u 'itsso-*backup*' -u 'itsso-*drill*' -o cat -n 50",
  "systemctl list-timers 'itsso-*'",
] as const;
const BACKUP = [...RUNS, 'systemctl start itsso-backup', 'pgbackrest --stanza=itsso info'] as const;
const DRILL = [...RUNS, 'systemctl start itsso-restore-drill'] as const;
const COPIES = ['patronictl list', 'patronictl reinit itsso NAME'] as const;
const READERS = ['itsso federation check', "itsso federation subscribe in.up 'host=…'"] as const;

/** By the code of the trouble; a test holds it against the limits. */
export const RUNBOOK: Readonly<Record<string, Remedy>> = {
  'callback-late': { asks: 'desk', commands: [], page: '/callbacks' },
  'sweep-late': { asks: 'house', commands: [...WORKERS, 'systemctl restart itsso-worker@8091'] },
  'clock-in-doubt': { asks: 'house', commands: ['chronyc tracking', 'itsso clock', 'itsso clock right'] },
  'dead-letters': { asks: 'house', commands: ['curl -s http://127.0.0.1:8091/health/ready'], page: '/dead-letters' },
  'sms-budget-half': { asks: 'house', commands: [] },
  'sms-budget-most': { asks: 'house', commands: [] },
  'sms-waiting': { asks: 'house', commands: [] },
  'sms-block-held': { asks: 'house', commands: [] },
  'no-vehicle': { asks: 'service', commands: [], page: '/status' },
  'jobs-waiting': { asks: 'house', commands: [...WORKERS, 'systemctl start itsso-worker@8093'] },
  'jobs-failed': {
    asks: 'house',
    commands: ["journalctl -u 'itsso-worker@*' -o cat --since -1day | grep '\"level\":50'"],
  },
  'part-missing': { asks: 'service', commands: ["systemctl status 'itsso-web@*' 'itsso-worker@*'"], page: '/status' },
  'backup-late': { asks: 'upkeep', commands: BACKUP },
  'backup-never': { asks: 'upkeep', commands: BACKUP },
  'drill-late': { asks: 'upkeep', commands: DRILL },
  'drill-never': { asks: 'upkeep', commands: DRILL },
  'run-failed': { asks: 'upkeep', commands: RUNS },
  'owner-vacant': { asks: 'upkeep', commands: [] },
  'copies-missing': { asks: 'house', commands: COPIES },
  'slot-disconnected': { asks: 'house', commands: READERS },
  'slot-kept': { asks: 'house', commands: ['df -h /var/lib/postgresql', ...READERS] },
  'slot-lost': { asks: 'house', commands: READERS },
  'slots-unlimited': {
    asks: 'house',
    commands: ["psql itsso -c \"alter system set max_slot_wal_keep_size = '20GB'\" -c 'select pg_reload_conf()'"],
  },
  'archive-waiting': {
    asks: 'house',
    commands: ['df -h /var/lib/postgresql', 'sudo -u postgres pgbackrest --stanza=itsso check'],
  },
  'setting-unsafe': { asks: 'house', commands: ['curl -s http://127.0.0.1:8091/metrics | grep setting_unsafe'] },
  'snapshot-old': {
    asks: 'house',
    commands: [
      'psql itsso -c "select pid, usename, state, xact_start from pg_stat_activity order by xact_start"',
      "psql itsso -c 'select pg_terminate_backend(PID)'",
    ],
  },
  'arrival-stopped': { asks: 'house', commands: READERS },
  'published-too-much': { asks: 'house', commands: ['itsso federation check'] },
};
