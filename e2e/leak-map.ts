// What is crawled for whom, and where a word of hers may stand. A page or a door that is not in here makes the crawl fail.
import { CAST } from '#signin';

/** One word for each field, found nowhere else: what turns up tells from which field it came. Letters only, as names are. */
export const CANARIES = {
  name: 'Zarqaname',
  guardian: 'Zarqaguardian',
  reporter: 'Zarqareporter',
  email: 'zarqamail@example.in',
  word: 'zarqaword',
  address: 'Zarqaaddress',
  when: 'Zarqawhen',
  place: 'Zarqaplace',
  url: 'zarqaurl.example',
  accused: 'Zarqaaccused',
  looks: 'Zarqalooks',
  lives: 'Zarqalives',
  account: 'Zarqaaccount',
  station: 'Zarqastation',
  officer: 'Zarqaofficer',
  reason: 'Zarqareason',
  diary: 'Zarqadiary',
  delay: 'Zarqadelay',
  exhibit: 'Zarqaexhibit',
  direction: 'Zarqadirection',
  summon: 'Zarqasummon',
  at_home: 'Zarqaathome',
  hearing: 'Zarqahearing',
  other_time: 'Zarqaothertime',
  message: 'Zarqamessage',
  reply: 'Zarqareply',
  concern: 'Zarqaconcernone',
  concern_answer: 'Zarqaanswered',
  concern_open: 'Zarqaconcerntwo',
  feedback: 'Zarqafeedback',
  // of a second case, which the police have closed
  objection: 'Zarqaobjection',
  objection_answer: 'Zarqastands',
  not_settled: 'Zarqanotsettled',
  feedback_closed: 'Zarqathinks',
  // of an alarm
  alarm_place: 'Zarqaalarmplace',
  alarm_report: 'Zarqacrewreport',
} as const;

/** What the crawl knows of the house it walks through. */
export type Known = {
  number: string;
  paper: string;
  exhibit: string;
  code: string;
  /** the caller's own post; a post for who has none */
  post: string;
  client: string;
};

const NOTHING = '00000000-0000-4000-8000-000000000000';
const TOKEN = 'x'.repeat(43);
const STEPS = ['assign', 'explain-delay', 'direct'];

/** Every page by its route: which addresses of it are asked for. */
export const PAGES: Record<string, (known: Known) => string[]> = {
  '/': () => ['/'],
  '/complain': () => ['/complain'],
  '/f': () => ['/f'],
  '/help': () => ['/help'],
  '/help/near': () => ['/help/near', '/help/near?district=kanpur_nagar'],
  '/l/[lang]': () => ['/l/en'],
  '/rights': () => ['/rights'],
  '/rights/[situation]': () => ['/rights/home', '/rights/child'],
  '/status': () => ['/status'],
  '/track': () => ['/track'],
  '/verify': ({ code }) => ['/verify', `/verify?code=${code}`],
  '/x': () => ['/x'],
  '/admin/clients': () => ['/admin/clients'],
  '/admin/clients/[id]': ({ client }) => [`/admin/clients/${client}`],
  '/again': () => ['/again'],
  '/shifts': () => ['/shifts'],
  '/admin/keys': () => ['/admin/keys'],
  '/admin/operations': () => ['/admin/operations'],
  '/attention': () => ['/attention'],
  '/calendar': () => ['/calendar', '/calendar?circle=1'],
  '/callbacks': () => ['/callbacks'],
  '/concerns': () => ['/concerns'],
  '/changes': () => ['/changes'],
  '/changes/[id]': () => [`/changes/${NOTHING}`],
  '/confirm': () => ['/confirm'],
  '/dead-letters': () => ['/dead-letters'],
  '/desk': () => ['/desk', '/desk?show=late'],
  '/elsewhere': () => ['/elsewhere'],
  '/enrol': () => ['/enrol'],
  '/enrol/[token]': () => [`/enrol/${TOKEN}`],
  '/enrol/[token]/options': () => [`/enrol/${TOKEN}/options`],
  '/enrol/done': () => ['/enrol/done'],
  '/file/[number]': ({ number }) => [`/file/${number}`],
  '/file/[number]/[step]': ({ number }) => STEPS.map((step) => `/file/${number}/${step}`),
  '/file/[number]/documents': ({ number }) => [`/file/${number}/documents`],
  '/file/[number]/documents/[id]': ({ number, paper }) => [`/file/${number}/documents/${paper}`],
  '/file/[number]/evidence': ({ number }) => [`/file/${number}/evidence`],
  '/file/[number]/evidence/[exhibit]': ({ number, exhibit }) => [`/file/${number}/evidence/${exhibit}`],
  '/file/[number]/evidence/[exhibit]/[part]': ({ number, exhibit }) => [`/file/${number}/evidence/${exhibit}/original`],
  '/file/[number]/evidence/[exhibit]/label': ({ number, exhibit }) => [`/file/${number}/evidence/${exhibit}/label`],
  '/file/[number]/evidence/add': ({ number }) => [`/file/${number}/evidence/add`],
  '/file/[number]/evidence/enter': ({ number }) => [`/file/${number}/evidence/enter`],
  '/file/[number]/diary': ({ number }) => [`/file/${number}/diary`],
  '/file/[number]/people': ({ number }) => [`/file/${number}/people`],
  '/file/[number]/court': ({ number }) => [`/file/${number}/court`],
  '/file/[number]/messages': ({ number }) => [`/file/${number}/messages`],
  '/file/[number]/hearings': ({ number }) => [`/file/${number}/hearings`],
  '/hearings/[id]': () => [`/hearings/${NOTHING}`],
  '/hearings/[id]/talk': () => [`/hearings/${NOTHING}/talk`],
  '/admin/imports': () => ['/admin/imports'],
  '/admin/imports/[id]': () => [`/admin/imports/${NOTHING}`],
  '/admin/imports/places/[place]': () => ['/admin/imports/places/in.up.x_0000000000'],
  '/watch/[...unit]': () => ['/watch/in', '/watch/in/up/kanpur_nagar'],
  '/watch-table/[...unit]': () => ['/watch-table/in', '/watch-table/in/up/kanpur_nagar'],
  '/sos': () => ['/sos'],
  '/sos/app/[name]': () => ['/sos/app/1'],
  // a stream has no end to wait for; it tells topics and ids only, and the doors behind are crawled
  '/sos/live': () => [],
  '/sos-board': () => ['/sos-board'],
  '/sos-board/boundaries': () => ['/sos-board/boundaries'],
  '/sos-board/data': () => ['/sos-board/data'],
  '/sos-board/live': () => [],
  '/orders': () => ['/orders'],
  '/orders/data': () => ['/orders/data'],
  '/orders/live': () => [],
  '/o/[n]/[part]': () => ['/o/1/view', '/o/1/original'],
  '/room': () => ['/room'],
  '/room/talk': () => ['/room/talk'],
  '/file/[number]/repeats': ({ number }) => [`/file/${number}/repeats`],
  '/law': () => ['/law'],
  '/posts': () => ['/posts', '/posts?unit=in.up.kanpur_nagar'],
  '/posts/[post]': ({ post }) => [`/posts/${post}`],
  '/search': ({ number }) => ['/search', `/search?q=${number}`, '/search?q=777'],
  '/objections': () => ['/objections'],
  '/paper': () => ['/paper'],
  '/copy': () => ['/copy'],
  '/ledger': () => ['/ledger', '/ledger?deed=file.'],
  '/ledger-table': () => ['/ledger-table'],
  '/log': () => ['/log'],
  '/log/[file]': () => ['/log/checkpoint', '/log/check.html'],
  '/summons': () => ['/summons'],
  '/signin': () => ['/signin'],
  '/signin/passkey': () => ['/signin/passkey'],
  '/signin/passkey/options': () => ['/signin/passkey/options'],
  '/health/live': () => ['/health/live'],
  '/health/ready': () => ['/health/ready'],
  '/health/metrics': () => ['/health/metrics'],
  '/sandbox': () => ['/sandbox'],
  '/sandbox/cast': () => ['/sandbox/cast'],
  '/sandbox/clock': () => ['/sandbox/clock'],
  '/sandbox/messages': () => ['/sandbox/messages'],
  '/sandbox/sign-in': () => ['/sandbox/sign-in'],
};

const NAMES: Record<string, (known: Known, path: string) => string> = {
  number: ({ number }) => number,
  post: ({ post }) => post,
  code: ({ code }) => code,
  secret: () => TOKEN,
  alert: () => NOTHING,
  exhibit: ({ exhibit }) => exhibit,
  batch: () => NOTHING,
  id: ({ paper, client }, path) =>
    path.startsWith('/documents') ? paper : path.startsWith('/admin/clients') ? client : NOTHING,
};
/** The address of a door of the API: undefined when it has a name in it that nobody knows. */
export function doorAt(path: string, known: Known): string | undefined {
  let strange = false;
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = NAMES[name]?.(known, path);
    strange ||= value === undefined;
    return encodeURIComponent(value ?? '');
  });
  return strange ? undefined : at;
}
/** What a door will not answer without. */
export const QUERIES: Record<string, string> = {
  '/search': '?q=777',
  '/law/offences': '?q=354',
  '/log/proof': '?size=1',
};

type What = keyof typeof CANARIES | 'mobile' | 'reporterMobile' | 'aadhaar' | 'receipt';
export type Rule = {
  what: readonly What[];
  /** ids of the cast, `her`, `nobody` */
  who: readonly string[];
  /** routes of pages, `GET /…` of doors */
  where: readonly string[];
  why: string;
  /** it stands there for each of them, or the crawl has not come there */
  must?: true;
};

/** The circle of the file: who holds it (khan), and the posts that supervise it. */
export const CIRCLE = ['khan', 'verma', 'singh', 'nandini', 'rao', 'cp', 'state', 'national'] as const;

/** The six vehicles are alike: one of them in the short run. */
export const isCrawled = (id: string): boolean => Boolean(process.env.ITSSO_LONG) || !/^prv-[2-6]$/.test(id);

const EVERYBODY = ['nobody', ...CAST.map(({ id }) => id).filter(isCrawled)];

/** Where a word may stand. Everything else is a leak. */
export const MAY_SHOW: readonly Rule[] = [
  {
    what: ['account', 'place', 'diary', 'delay', 'reason'],
    who: CIRCLE,
    where: ['/file/[number]', 'GET /files/{number}'],
    why: 'the matter, not the person: for the post that holds the file and those that supervise it',
    must: true,
  },
  {
    what: ['diary'],
    who: CIRCLE,
    where: ['/file/[number]/diary'],
    why: 'the diary has a page of its own, for the same posts',
    must: true,
  },
  {
    what: [
      'name',
      'guardian',
      'reporter',
      'reporterMobile',
      'mobile',
      'email',
      'word',
      'address',
      'accused',
      'looks',
      'lives',
    ],
    who: ['khan'],
    where: ['/file/[number]'],
    why: 'he opened her identity for a purpose a moment ago, and she sees that; in his session only, for fifteen minutes',
    must: true,
  },
  {
    what: [
      'name',
      'guardian',
      'reporter',
      'reporterMobile',
      'mobile',
      'address',
      'accused',
      'looks',
      'lives',
      'place',
      'account',
    ],
    who: ['khan'],
    where: ['/file/[number]/documents/[id]', 'GET /documents/{id}'],
    why: 'the FIR that he printed is sealed: it is handed out while her identity stands open in the same session',
    must: true,
  },
  {
    what: ['mobile'],
    who: EVERYBODY,
    where: ['/sandbox', '/sandbox/messages'],
    why: 'the practice phone, on which a tester reads the code; production has no such page',
    must: true,
  },
  {
    what: ['delay'],
    who: ['her'],
    where: ['/', 'GET /track'],
    why: 'a delay is explained to her',
    must: true,
  },
  {
    what: ['station', 'officer'],
    who: ['her'],
    where: ['/', 'GET /track'],
    why: 'her earlier complaint stands beside this one, with its own age, as she told it',
    must: true,
  },
];
