// Where each word of the crawl may stand, for whom and why; and where it must.
import { CAST } from '#signin';
import type { CANARIES } from './leak-map.ts';

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

const ABOVE_THE_DESK = CIRCLE.filter((who) => who !== 'khan');
const ABOVE_THE_STATION = ABOVE_THE_DESK.filter((who) => who !== 'verma');
const BOARD = ['control', ...ABOVE_THE_STATION.filter((who) => who !== 'singh')];

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
  {
    what: ['direction', 'summon', 'at_home'],
    who: CIRCLE,
    where: ['/file/[number]', 'GET /files/{number}'],
    why: 'what is ordered from above, why she was called and what she answered stand in the file',
    must: true,
  },
  {
    what: ['exhibit'],
    who: CIRCLE,
    where: ['/file/[number]/evidence', '/file/[number]/evidence/[exhibit]', 'GET /files/{number}/evidence'],
    why: 'the things of the case, for the same posts',
    must: true,
  },
  {
    what: ['message', 'reply'],
    who: CIRCLE,
    where: ['/file/[number]/messages', 'GET /files/{number}', 'GET /files/{number}/messages'],
    why: 'the thread stays with the file, whoever holds it',
    must: true,
  },
  {
    what: ['hearing', 'other_time'],
    who: CIRCLE,
    where: ['/file/[number]/hearings', 'GET /files/{number}', 'GET /files/{number}/hearings'],
    why: 'times that were offered and what she asked for instead',
    must: true,
  },
  {
    what: ['concern', 'concern_answer', 'concern_open'],
    who: ABOVE_THE_DESK,
    where: ['GET /files/{number}/concerns'],
    why: 'a concern goes past the desk that it is about: never to him who holds the file',
    must: true,
  },
  {
    what: ['concern_open'],
    who: ['verma'],
    where: ['/concerns'],
    why: 'the officer who has to answer it',
    must: true,
  },
  {
    what: ['objection', 'objection_answer', 'not_settled', 'feedback', 'feedback_closed'],
    who: ABOVE_THE_STATION,
    where: ['/file/[number]/court', 'GET /files/{number}/court'],
    why: 'what she says of the end and of the police, for those above the station it is about',
    must: true,
  },
  {
    what: ['not_settled'],
    who: ['singh'],
    where: ['/objections', 'GET /objections'],
    why: 'the officer who has to look at it again',
    must: true,
  },
  {
    what: ['alarm_place'],
    who: BOARD,
    where: ['/sos-board', '/sos-board/data', 'GET /sos/board'],
    why: 'where she is, in her words, for the control room and those above it while the alarm is open',
    must: true,
  },
  {
    what: ['alarm_place'],
    who: ['prv-1'],
    where: ['/orders', '/orders/data', 'GET /orders'],
    why: 'the crew that was sent to her, while its order is open',
    must: true,
  },
  {
    what: [
      'summon',
      'at_home',
      'message',
      'reply',
      'hearing',
      'other_time',
      'concern',
      'concern_answer',
      'concern_open',
    ],
    who: ['her'],
    where: ['/', 'GET /track'],
    why: 'her own words and what was said to her',
  },
  {
    what: ['objection', 'objection_answer', 'not_settled'],
    who: ['her'],
    where: ['/', 'GET /track'],
    why: 'what she said of the end, and its answer',
    must: true,
  },
  {
    what: ['message', 'reply'],
    who: ['her'],
    where: ['GET /track/messages'],
    why: 'her thread over the API',
    must: true,
  },
  {
    what: ['concern', 'concern_answer', 'concern_open'],
    who: ['her'],
    where: ['GET /track/concerns'],
    why: 'her concerns over the API',
    must: true,
  },
  {
    what: ['hearing', 'other_time'],
    who: ['her'],
    where: ['GET /track/hearings'],
    why: 'her hearings over the API',
    must: true,
  },
];
