// English beside src/words/hi/sos-programme.ts.
import type { programme as hiProgramme, status as hiStatus } from '../hi/sos-programme.ts';
import type { Same } from '../same.ts';

export const programme = {
  title: 'Rapid response: the month, off and on',
  intro: 'The month of each zone, and when which post switched the service off or on, and why.',
  done: 'Recorded.',
  choose_month: 'Month',
  show: 'Show',
  table: 'Table (CSV)',
  no_alarms: 'No alarm in this month.',
  head: {
    zone: 'zone',
    alarms: 'alarms',
    genuine: 'genuine',
    drills: 'drills: met / all',
    accepted: 'accepted: median · nine in ten',
    there: 'there: median · nine in ten',
    none: 'accepted by nobody',
  },
  how: 'Time is counted from when the alarm came in. There means proven by the place of the vehicle or by her word. Pressed by mistake or cancelled is not genuine.',
  changes: 'Off and on',
  two: 'One post proposes, another officer at another post agrees. Every registered woman is told 7 days before it is switched off. Everybody sees all of it on the page of the service.',
  never: 'It has never been switched off.',
  turns: { off: 'off', on: 'on' },
  states: {
    proposed: '◆ a second post has to agree',
    ahead: '◆ settled, the day is ahead',
    'in-force': 'in force',
    withdrawn: 'withdrawn',
  },
  from: (day) => `from ${day}`,
  proposed: (post, at) => `Proposed: ${post}, ${at}`,
  agreed: (post, at) => `Agreed: ${post}, ${at}`,
  told: (n) => (n === 1 ? '1 woman was told' : `${n} women were told`),
  agree: 'Agree',
  withdraw: 'Withdraw',
  want_off: 'Propose to switch it off',
  want_off_how: 'Nothing changes until a second post agrees. When it is off, every alarm goes straight to 112.',
  want_on: 'Propose to switch it on again',
  want_on_how: 'It is on as soon as a second post agrees, and every registered woman is told.',
  from_day: 'From which day',
  from_day_hint: (day) => `At least 7 days ahead, for example ${day}`,
  reason: 'Why',
  reason_hint: 'Everybody will see this. Write nobody’s name.',
  send: 'Send the proposal',
} satisfies Same<typeof hiProgramme>;

export const status = {
  title: 'The vehicles that come, and what keeps them coming',
  text: 'Every part has a post that answers for it. If a part stops, that post is told within a minute, and then the post above.',
  running: '✓ running',
  starting: '◆ just started, being looked at',
  is_starting: 'The service has just started, and each part is being looked at',
  is_starting_text: 'Open this page again in a few seconds. 112 always works.',
  off: '◆ switched off',
  switched: 'When it was switched off and on',
  switch_line: (turns, day, zone) => `${zone}: ${turns} from ${day}`,
  switch_posts: (first, second, n) =>
    `proposed by ${first}, agreed by ${second}; ${n === 1 ? '1 registered woman was' : `${n} registered women were`} told`,
  is_off: 'The vehicles are switched off here. Call 112.',
  never_off: 'It has never been switched off.',
  missing: { silent: '▲ stopped', 'too-few': '◆ too few', vacant: '◆ the post in charge is vacant' },
  nothing: '▲ none at all',
  empty: (n) => (n === 1 ? 'One part of the service has nobody now' : `${n} parts of the service have nobody now`),
  short: (n) =>
    n === 1
      ? 'The service is running, one part of it falls short'
      : `The service is running, ${n} parts of it fall short`,
  short_text: '112 always works. Where no vehicle is near, one is called from the next zone.',
  level: {
    vehicles: (n, minimum) =>
      `${n === 0 ? 'no vehicle now' : n === 1 ? '1 vehicle' : `${n} vehicles`}; at least ${minimum} are needed`,
    people: (n, minimum) =>
      `${n === 0 ? 'nobody now' : n === 1 ? '1 person' : `${n} people`}; at least ${minimum} ${minimum === 1 ? 'is' : 'are'} needed`,
  },
  owner: (post) => `Post in charge: ${post}`,
  vacant: 'the post is vacant now',
  nobody_waits: 'nobody is to be called now',
  heard: (seconds) =>
    seconds < 90
      ? `${seconds} seconds ago`
      : seconds < 5400
        ? `${Math.round(seconds / 60)} minutes ago`
        : `${Math.round(seconds / 3600)} hours ago`,
  never: 'not heard of yet',
  since: (at) => `since ${at}`,
  told: (posts) => `Told: ${posts}`,
  cells: 'Each box is a day. A full box: it ran all day. A small box: it stopped or fell short that day.',
  thirty: (percent) => `up ${percent} of 30 days`,
  parts: {
    'alarm-door': 'taking alarms',
    dispatcher: 'choosing and sending vehicles',
    'sms-in': 'alarms by SMS',
    'sms-out': 'sending SMS',
    vehicles: 'vehicles on duty',
    'control-room': 'people in the control room',
    'callback-desk': 'call-back desk',
    'deadline-sweep': 'looking after time limits',
  },
  drills: 'The drill of every week',
  drill: (n) => (n === 0 ? 'no vehicle found' : n === 1 ? '1 vehicle found' : `${n} vehicles found`),
  drill_sms_in: (ok) => (ok === null ? 'no SMS gateway' : ok ? 'SMS in ✓' : 'SMS in ✗'),
  drill_sms_out: (ok) => (ok ? 'SMS out ✓' : 'SMS out ✗'),
  drill_seen: (seconds) =>
    seconds === null ? 'not seen by the control room' : `seen by the control room after ${seconds} seconds`,
  drill_asked: (zone, at) => `Drill: ${zone}, ${at}. Nobody is sent.`,
  drill_press: 'We have seen it',
  no_drill: 'No drill yet this week.',
  month: 'This month',
  alarms: (n) => (n === 1 ? '1 alarm' : `${n} alarms`),
  accepted: 'Accepted, half of the time within',
  there: 'There, half of the time within',
  nine: (time) => `nine times in ten: ${time}`,
  elsewhere: 'outside the zones',
  few: 'Fewer than 10 alarms; times are not shown, so that nobody can be recognised.',
  unknown: 'not known yet',
  seconds: (n) => (n < 120 ? `${Math.round(n)} seconds` : `${Math.round(n / 60)} minutes`),
  posts:
    'This service belongs to posts, not to one officer. Switching it off takes two posts, a date and a message to every registered woman.',
} satisfies Same<typeof hiStatus>;
