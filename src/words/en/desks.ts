// What each kind of desk is for, in one phrase; and her earlier complaint, as it stands beside this one.
import type { desks as hi } from '../hi/desks.ts';
import type { Same } from '../same.ts';

export const desks = {
  purpose: {
    'callback-desk': 'calls you to confirm',
    callback: 'calls you',
    'help-desk': 'takes the application at the station and has it signed',
    io: 'investigates and writes the report',
    sho: 'writes the FIR and answers for the station’s inquiry',
    acp: 'watches over the station’s work and the report',
    'adcp-women': 'watches over women’s cases and chooses the station',
    dcp: 'watches over all stations of the zone',
    cp: 'heads the police of the whole city',
    sp: 'heads the police of the whole district',
    state: 'oversight for the whole state',
    national: 'oversight for the whole country',
    vehicle: 'a patrol vehicle',
    'control-room': 'sends vehicles to help',
    auditor: 'checks the records',
    administrator: 'looks after the system',
  },
  earlier: {
    title: 'Your earlier complaint',
    told: 'As you told it:',
    recorded: 'As it is on record:',
    number: (number: string, year: string) => (year ? `number ${number}/${year}` : `number ${number}`),
    year: (year: string) => `year ${year}`,
    on: (day: string) => `of ${day}`,
    officer: (name: string) => `officer: ${name}`,
    refused: 'It was refused then.',
    age: (days: number) => (days === 0 ? 'It is of today.' : `It is ${days} days old, counted from its own day.`),
    age_unknown: 'Its day is not known, so its days cannot be counted.',
    not_joined: 'Not joined to an older FIR yet.',
  },
} satisfies Same<typeof hi>;
