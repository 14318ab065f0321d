// English beside src/words/hi/staff-runbook.ts: same keys.
import type { staffRunbook as hi } from '../hi/staff-runbook.ts';
import type { Same } from '../same.ts';

export const staffRunbook = {
  since: (when, long) => `since ${when}, ${long}`,
  just_now: 'seen just now',
  who: 'Whom to ring',
  nobody: 'no post is named; tell the post above',
  vacant: 'vacant',
  what: 'What to do',
  commands: 'On the server, as root',
  over: 'Well again, the last seven days',
  from: 'From',
  until: 'Until',
  pages: {
    '/status': 'Every part of the service and the post in charge',
    '/dead-letters': 'Messages that could not go',
    '/callbacks': 'The queue of calls',
  },
  todo: {
    'callback-late': 'Ask whether somebody sits at the desk. If not, seat a woman officer now; the oldest call first.',
    'sweep-late': 'See whether a worker runs; start it again if not. Warnings that were missed go by themselves then.',
    'clock-in-doubt':
      'Put the clock of the database’s server right. If it is right as it is, say so with the last command; what waits goes on at once.',
    'dead-letters': 'See whether the gateway is there. Then decide of each message: send it again or give it up.',
    'sms-budget-half': 'See why it is so much. Raise the day’s limit on this page if need be (the administrator).',
    'sms-budget-most':
      'Raise the day’s limit on this page (the administrator), or see whether somebody fills the form again and again.',
    'sms-waiting': 'Raise the day’s limit on this page (the administrator); what waits goes at once.',
    'sms-block-held':
      'See whether somebody fills the form with one number after the other. What waits goes by itself in its time.',
    'no-vehicle':
      'Ring the post in charge of this zone and the control room: a vehicle has to come on duty. Vehicles of the neighbours go meanwhile.',
    'jobs-waiting': 'See whether the workers run; start one more.',
    'jobs-failed': 'Look for the cause in the log. These jobs are not tried again by themselves.',
    'part-missing':
      'Which part and where stands on the page of the service. Where people are missing, ring the post in charge; where a program has stopped, look at the server.',
    'backup-late':
      'See in the log why there was none, then take one now. For a State’s own database look at the machine that keeps the backups.',
    'backup-never':
      'Start the timer of backups and take one now. For a State’s own database look at the machine that keeps the backups.',
    'drill-late': 'See in the log why there was none, then do one now.',
    'drill-never': 'Start the timer of drills and do one now.',
    'run-failed':
      'At which step it stopped stands below under “Backups and drills”; the cause is in the log. If the backup is damaged, take a new one now, then do a drill. Delete no older backup.',
    'owner-vacant': 'The post above names another post below, or seats somebody at this one.',
    'copies-missing': 'See which copy does not run. If it does not connect, make it anew. Do not stop the leader.',
    'slot-disconnected':
      'Look at the server that reads and at the network. Once back it goes on from its place by itself.',
    'slot-kept': 'Look at the disk and connect the reader; at the limit it loses its place.',
    'slot-lost':
      'Say once more on that server the command by which it subscribed. Nothing is lost, nothing counted twice.',
    'slots-unlimited': 'Set a limit: a tenth of the disk.',
    'archive-waiting':
      'See whether this disk is full and whether the backup machine can be reached. What waits goes by itself then.',
    'setting-unsafe': 'Put it back as the running guide says, and start the database again where it needs that.',
    'snapshot-old': 'Look whose connection it is. If nobody needs it, end it; what it had begun is taken back.',
    'arrival-stopped': 'Look at that State’s relay and the network; subscribe again if it does not go on.',
    'published-too-much': 'See at once what goes out, and take it out of what is published. Tell the auditor.',
  },
} satisfies Same<typeof hi>;
