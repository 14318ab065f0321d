// The practice state: its units, its posts, and officers whose names say that they are samples.
import { type Act, newId } from '#foundation';
import * as store from './store.ts';
import { practiceUnits } from './units.ts';

// A day before anything that can be filed here: the lists behind the seed describe 2022 and 2023.
const SINCE = Temporal.PlainDate.from('2020-01-01');
const IN_OFFICE = Temporal.Instant.from('2020-01-01T00:00:00+05:30');

const RANKS = {
  constable: ['आरक्षी', 'Constable'],
  'head-constable': ['मुख्य आरक्षी', 'Head Constable'],
  si: ['उपनिरीक्षक', 'Sub-Inspector'],
  inspector: ['निरीक्षक', 'Inspector'],
  acp: ['सहायक पुलिस आयुक्त', 'ACP'],
  adcp: ['अपर पुलिस उपायुक्त', 'ADCP'],
  dcp: ['पुलिस उपायुक्त', 'DCP'],
  cp: ['पुलिस आयुक्त', 'Commissioner of Police'],
  sp: ['पुलिस अधीक्षक', 'SP'],
  adg: ['अपर पुलिस महानिदेशक', 'ADG'],
} as const;
type Rank = keyof typeof RANKS;

const WOMEN: [string, string][] = [
  ['सविता', 'Savita'],
  ['मीना', 'Meena'],
  ['सुमन', 'Suman'],
  ['रेखा', 'Rekha'],
  ['अरुणा', 'Aruna'],
  ['किरण', 'Kiran'],
  ['नंदिनी', 'Nandini'],
  ['पूनम', 'Poonam'],
  ['शालिनी', 'Shalini'],
  ['गीता', 'Geeta'],
  ['अंजू', 'Anju'],
  ['फरहाना', 'Farhana'],
];
const MEN: [string, string][] = [
  ['वर्मा', 'Verma'],
  ['खान', 'Khan'],
  ['सिंह', 'Singh'],
  ['राव', 'Rao'],
  ['मिश्र', 'Mishra'],
  ['यादव', 'Yadav'],
  ['तिवारी', 'Tiwari'],
  ['अंसारी', 'Ansari'],
  ['गौतम', 'Gautam'],
  ['पाल', 'Pal'],
];

type PostSeed = {
  kind: store.PostKind;
  name_hi: string;
  name_en: string;
  rank?: Rank;
  woman?: boolean;
  officer?: [string, string];
  under?: 'callback-desk' | 'head';
  women_only?: boolean;
};

// The named cast keeps its names wherever it sits; all other officers are drawn from the lists in turn.
const CAST: Record<string, Partial<Record<string, [string, string]>>> = {
  'in.up.kanpur_nagar.west.circle_12.kalyanpur': {
    sho: ['वर्मा', 'Verma'],
    'help-desk': ['सुमन', 'Suman'],
    'io 1': ['खान', 'Khan'],
    'io 2': ['रेखा', 'Rekha'],
  },
  'in.up.kanpur_nagar.east.circle_1.kotwali': { sho: ['अरुणा', 'Aruna'], 'help-desk': ['किरण', 'Kiran'] },
  'in.up.kanpur_nagar.west.circle_12': { acp: ['सिंह', 'Singh'] },
  'in.up.kanpur_nagar.west': { dcp: ['राव', 'Rao'] },
};
const VEHICLE_STATIONS = ['kalyanpur', 'rawatpur', 'panki'];

function stationPosts(path: string, hi: string, en: string): PostSeed[] {
  const cast = CAST[path] ?? {};
  const io = (n: 1 | 2): PostSeed => ({
    kind: 'io',
    name_hi: `जांच अधिकारी ${n}, ${hi}`,
    name_en: `Investigating Officer ${n}, ${en}`,
    rank: 'si',
    woman: n === 2,
    ...(cast[`io ${n}`] ? { officer: cast[`io ${n}`] } : {}),
  });
  const vehicles: PostSeed[] = VEHICLE_STATIONS.some((name) => path.endsWith(`circle_12.${name}`))
    ? [1, 2].map((n) => ({
        kind: 'vehicle',
        name_hi: `गाड़ी ${n}, ${hi}`,
        name_en: `Vehicle ${n}, ${en}`,
        rank: 'head-constable',
        woman: n === 2,
      }))
    : [];
  return [
    {
      kind: 'sho',
      name_hi: `थाना प्रभारी, ${hi}`,
      name_en: `Station House Officer, ${en}`,
      rank: 'inspector',
      ...(cast.sho ? { officer: cast.sho } : {}),
    },
    {
      kind: 'help-desk',
      name_hi: `महिला हेल्प डेस्क, ${hi}`,
      name_en: `Women Help Desk, ${en}`,
      rank: 'head-constable',
      woman: true,
      women_only: true,
      ...(cast['help-desk'] ? { officer: cast['help-desk'] } : {}),
    },
    io(1),
    io(2),
    ...vehicles,
  ];
}

function postsFor(unit: { path: string; level: string; name_hi: string; name_en: string }): PostSeed[] {
  const { path, level, name_hi: hi, name_en: en } = unit;
  const cast = CAST[path] ?? {};
  const full = path === 'in.up.kanpur_nagar';
  switch (level) {
    case 'nation':
      return [{ kind: 'national', name_hi: 'राष्ट्रीय निगरानी कक्ष', name_en: 'National monitoring cell', rank: 'adg' }];
    case 'state':
      // of the other states only the names are known, for figures: nobody there works with this system
      if (path !== 'in.up') return [];
      return [
        {
          kind: 'state',
          name_hi: 'राज्य निगरानी कक्ष, उत्तर प्रदेश',
          name_en: 'State monitoring cell, Uttar Pradesh',
          rank: 'adg',
        },
        { kind: 'auditor', name_hi: 'ऑडिटर', name_en: 'Auditor', rank: 'inspector' },
        { kind: 'administrator', name_hi: 'सिस्टम प्रशासक', name_en: 'Administrator', rank: 'inspector' },
      ];
    case 'commissionerate':
    case 'district': {
      const head: PostSeed =
        level === 'commissionerate'
          ? { kind: 'cp', name_hi: `पुलिस आयुक्त, ${hi}`, name_en: `Commissioner of Police, ${en}`, rank: 'cp' }
          : { kind: 'sp', name_hi: `पुलिस अधीक्षक, ${hi}`, name_en: `Superintendent of Police, ${en}`, rank: 'sp' };
      const desk: PostSeed = {
        kind: 'callback-desk',
        name_hi: `महिला कॉल-बैक डेस्क, ${hi}`,
        name_en: `Women call-back desk, ${en}`,
        rank: 'si',
        woman: true,
        women_only: true,
        under: 'head',
      };
      if (!full) return [head, desk];
      return [
        head,
        {
          kind: 'adcp-women',
          name_hi: `अपर पुलिस उपायुक्त (महिला अपराध), ${hi}`,
          name_en: `ADCP (crimes against women), ${en}`,
          rank: 'adcp',
          woman: true,
          officer: ['नंदिनी', 'Nandini'],
        },
        desk,
        {
          kind: 'callback',
          name_hi: 'कॉल-बैक ऑपरेटर 1',
          name_en: 'Call-back operator 1',
          rank: 'head-constable',
          woman: true,
          women_only: true,
          under: 'callback-desk',
          officer: ['सविता', 'Savita'],
        },
        {
          kind: 'callback',
          name_hi: 'कॉल-बैक ऑपरेटर 2',
          name_en: 'Call-back operator 2',
          rank: 'constable',
          woman: true,
          women_only: true,
          under: 'callback-desk',
          officer: ['मीना', 'Meena'],
        },
        { kind: 'control-room', name_hi: `नियंत्रण कक्ष, ${hi}`, name_en: `Control room, ${en}`, rank: 'inspector' },
      ];
    }
    case 'zone':
      return [
        {
          kind: 'dcp',
          name_hi: `पुलिस उपायुक्त, ${hi}`,
          name_en: `DCP, ${en}`,
          rank: 'dcp',
          ...(cast.dcp ? { officer: cast.dcp } : {}),
        },
      ];
    case 'circle':
      return [
        {
          kind: 'acp',
          name_hi: `सहायक पुलिस आयुक्त, ${hi}`,
          name_en: `ACP, ${en}`,
          rank: 'acp',
          ...(cast.acp ? { officer: cast.acp } : {}),
        },
      ];
    case 'station':
      return stationPosts(path, hi, en);
    default:
      return [];
  }
}

/** Seeds units, posts, officers and tenures of the practice state. Does nothing when units are there already. */
export async function seedPractice(h: Act): Promise<boolean> {
  if (await store.unitAt(h, 'in', SINCE)) return false;
  const units = practiceUnits().map((u) => ({ id: newId(), ...u, valid_from: SINCE, valid_to: null }));
  const posts: Parameters<typeof store.addPosts>[1] = [];
  const officers: Parameters<typeof store.addOfficers>[1] = [];
  const tenures: Parameters<typeof store.addTenures>[1] = [];
  const turn = { women: 0, men: 0 };
  for (const unit of units) {
    const here = new Map<store.PostKind, string>();
    for (const seed of postsFor(unit)) {
      const id = newId();
      if (!here.has(seed.kind)) here.set(seed.kind, id);
      const under =
        seed.under === 'callback-desk'
          ? here.get('callback-desk')
          : seed.under === 'head'
            ? (here.get('adcp-women') ?? here.get('cp') ?? here.get('sp'))
            : undefined;
      posts.push({
        id,
        unit: unit.id,
        path: unit.path,
        kind: seed.kind,
        under: under ?? null,
        name_hi: seed.name_hi,
        name_en: seed.name_en,
        office_phone: unit.level === 'station' ? '0512-000-0000' : null,
        women_only: seed.women_only ?? false,
        opened_on: SINCE,
        closed_on: null,
      });
      if (!seed.rank) continue;
      const name = seed.officer ?? (seed.woman ? WOMEN[turn.women++ % WOMEN.length] : MEN[turn.men++ % MEN.length]);
      if (!name) continue;
      const woman = WOMEN.some(([hi]) => hi === name[0]);
      if (!store.mayHold({ women_only: seed.women_only ?? false }, { woman }))
        throw new Error(`${seed.name_en} is for women`);
      const officer = newId();
      officers.push({
        id: officer,
        name_hi: `${name[0]} नमूना`,
        name_en: `${name[1]} Namuna`,
        rank_hi: RANKS[seed.rank][0],
        rank_en: RANKS[seed.rank][1],
        woman,
        demo: true,
      });
      tenures.push({ id: newId(), post: id, officer, from_at: IN_OFFICE, to_at: null, note: null });
    }
  }
  await store.addUnits(h, units);
  await store.addPosts(h, posts);
  await store.addOfficers(h, officers);
  await store.addTenures(h, tenures);
  return true;
}
