// English beside src/words/hi/sos-settings.ts.
import type { settings as hiSettings } from '../hi/sos-settings.ts';
import type { Same } from '../same.ts';

export const settings = {
  title: 'How many vehicles come, and who answers',
  intro:
    'Here it is decided how many vehicles go to which alarm together, how many are kept back, and which post answers for each part of the service. What is decided counts from the very next alarm.',
  link: 'Number of vehicles and posts in charge',
  back: 'The month, off and on',
  done: 'Recorded. It counts from now on.',
  wants: 'How many vehicles to one alarm',
  wants_how:
    'Where a zone or district has no number of its own, that of the area above it counts. Vehicles kept back are for the next alarm nearby; keeping them back never leaves an alarm with fewer than 2. Alarms without a number: so many at once always get all of theirs, further ones up to so many percent of the vehicles around.',
  kinds: { alarm: 'ordinary alarm', silent: 'to come quietly', duress: 'stopped under duress' },
  head: {
    area: 'area',
    kind: 'which alarm',
    vehicles: 'vehicles',
    reserve: 'kept back',
    share: 'no number',
  },
  parts: 'The post that answers for each part',
  parts_how:
    'As soon as there is less than what is written here, the post in charge is told, and within a minute the post above.',
  held: { part: 'part', unit: 'unit', owner: 'post in charge', minimum: 'at least' },
  want: 'Decide a number',
  area: 'For which area',
  area_first: 'Choose an area',
  kind: 'For which alarm',
  how: 'How many',
  own: 'This number',
  as_above: 'As in the area above',
  vehicles: 'How many vehicles go together',
  vehicles_hint: (least, most) => `${least} to ${most}`,
  reserve: 'How many free vehicles are kept back',
  reserve_hint: (least, most) => `${least} to ${most}. 0 means: none is kept back`,
  share: 'Alarms without a number: percent of the vehicles around them that they may hold in full',
  share_hint: (least, most) =>
    `${least} to ${most}. Beyond it each such alarm gets one vehicle first and the rest as soon as something stands behind it. An alarm with a number always gets all of hers.`,
  least: 'Alarms without a number at once that always get all of theirs',
  least_hint: (least, most) => `${least} to ${most}. While there are fewer around, the percentage above is not asked.`,
  only_own: 'The four numbers below are needed only where this area has a number of its own.',
  reason: 'Why',
  reason_hint: 'Every post of the service will see this. Write nobody’s name.',
  send: 'Record',
  part_form: 'Decide the post in charge and the minimum',
  part_form_how: 'The post in charge does not change this itself; the post above it does.',
  part: 'Which part',
  part_first: 'Choose a part',
  owner: 'Post in charge',
  owner_stays: 'Stays as it is',
  vacant: (post) => `${post} (vacant now)`,
  minimum: 'How much is needed at least',
  minimum_hint:
    'Left empty it stays as it is. There is one of each part, but for vehicles, the control room and the call-back desk.',
  none_yours: 'Your post decides none of this.',
  none_below: 'No part of the service belongs to a post below yours, so you cannot change this.',
  history: 'What was changed',
  never: 'Nothing has been changed yet.',
  changed: (post, at) => `${post}, ${at}`,
  before: 'Before',
  now: 'Now',
  how_many: (vehicles, reserve, share, least) =>
    `${vehicles} vehicles${reserve === 0 ? '' : `, ${reserve} kept back`}, ${least} alarms without a number whole, then up to ${share}%`,
  nameless: (least, share) => `${least}, then ${share}%`,
  like_above: 'as in the area above',
  held_by: (owner, minimum) => `${owner}, at least ${minimum}`,
} satisfies Same<typeof hiSettings>;
