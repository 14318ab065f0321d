// What is crawled for whom, and where a word of hers may stand. A page or a door that is not in here makes the crawl fail.

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
  '/statistics': () => ['/statistics'],
  '/statistics/table': () => ['/statistics/table'],
  '/shown/[token]': () => ['/shown/x'],
  '/status': () => ['/status'],
  '/track': () => ['/track'],
  '/verify': ({ code }) => ['/verify', `/verify?code=${code}`],
  '/x': () => ['/x'],
  '/admin/clients': () => ['/admin/clients'],
  '/admin/clients/[id]': ({ client }) => [`/admin/clients/${client}`],
  '/again': () => ['/again'],
  '/shifts': () => ['/shifts'],
  '/second': () => ['/second'],
  '/danger': () => ['/danger'],
  '/decoys': () => ['/decoys'],
  '/admin/keys': () => ['/admin/keys'],
  '/admin/peers': () => ['/admin/peers'],
  '/admin/retention': () => ['/admin/retention'],
  '/admin/machines': () => ['/admin/machines'],
  '/admin/reviews': () => ['/admin/reviews'],
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
  '/file/[number]/keep': ({ number }) => [`/file/${number}/keep`],
  '/file/[number]/messages': ({ number }) => [`/file/${number}/messages`],
  '/file/[number]/hearings': ({ number }) => [`/file/${number}/hearings`],
  '/hearings/[id]': () => [`/hearings/${NOTHING}`],
  '/hearings/[id]/talk': () => [`/hearings/${NOTHING}/talk`],
  '/admin/imports': () => ['/admin/imports'],
  '/admin/imports/[id]': () => [`/admin/imports/${NOTHING}`],
  '/admin/imports/places/[place]': () => ['/admin/imports/places/in.up.x_0000000000'],
  '/watch/[...unit]': () => ['/watch/in', '/watch/in/up/kanpur_nagar'],
  '/watch-files/[...unit]': () => ['/watch-files/in/up/kanpur_nagar?figure=registered'],
  '/watch-review/[...unit]': () => ['/watch-review/in/up/kanpur_nagar?month=2026-03'],
  '/watch-signs/[...unit]': () => ['/watch-signs/in/up/kanpur_nagar'],
  '/watch-table/[...unit]': () => ['/watch-table/in', '/watch-table/in/up/kanpur_nagar'],
  '/sos': () => ['/sos'],
  '/sos/app/[name]': () => ['/sos/app/1'],
  // a stream has no end to wait for; it tells topics and ids only, and the doors behind are crawled
  '/sos/live': () => [],
  // takes sound and tells nothing
  '/sos/sound': () => [],
  '/rapid-response': () => ['/rapid-response'],
  '/rapid-response/settings': () => ['/rapid-response/settings'],
  '/rapid-response/month.csv': () => ['/rapid-response/month.csv?month=2026-03'],
  '/sos-board': () => ['/sos-board'],
  '/sos-board/boundaries': () => ['/sos-board/boundaries'],
  '/sos-board/data': () => ['/sos-board/data'],
  '/sos-board/missing': () => ['/sos-board/missing'],
  '/sos-board/live': () => [],
  '/sos-board/sound/[piece]': () => [`/sos-board/sound/${'0'.repeat(32)}`],
  '/sos-board/tiles/[z]/[x]/[y]': () => ['/sos-board/tiles/1/1/0'],
  '/orders': () => ['/orders'],
  '/orders/data': () => ['/orders/data'],
  '/orders/live': () => [],
  '/callbacks/live': () => [],
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
  '/notice': () => ['/notice'],
  '/log/[file]': () => ['/log/checkpoint', '/log/check.html'],
  '/summons': () => ['/summons'],
  '/signin': () => ['/signin'],
  '/signin/code': () => ['/signin/code'],
  '/signin/passkey': () => ['/signin/passkey'],
  '/signin/passkey/options': () => ['/signin/passkey/options'],
  '/signin/state': () => ['/signin/state'],
  '/signin/state/back': () => ['/signin/state/back?code=x&state=y'],
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
  piece: () => '0'.repeat(32),
  exhibit: ({ exhibit }) => exhibit,
  batch: () => NOTHING,
  peer: () => NOTHING,
  key: () => NOTHING,
  generation: () => '1',
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
