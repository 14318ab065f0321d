// A case from filing to the court, with everything a paper can be made of; and papers issued in it.
import { act, read } from '#foundation';
import {
  type DocumentFacts,
  fetchDocument,
  type IssueForm,
  issue,
  issueForm,
  onPaper,
  type Press,
  verify,
} from '#documents';
import { readFile } from '#casework';
import { writer } from '../src/words/papers/papers.ts';
import type { TestHouse } from './house.ts';
import { complaint, storyIn } from './story.ts';

/** What must be found on a sealed paper and nowhere else. */
export const HER_NAME = 'कनारीया देवी क्षत्रिय';
export const HER_ADDRESS = 'मकान 7, ज्ञानपुर';
export const ACCUSED_NAME = 'मर्म लाल';
/** What an officer may type, and no typesetter may obey. */
export const MARKUP =
  '#panic("x") *मोटा* _तिरछा_ $x^2$ = शीर्षक\n// टिप्पणी #read("/etc/passwd") \\u{41} </svg>" #{ } [b](c) `raw` @ref <label>';

export const PRESS: Press = {
  write: writer('localhost/verify'),
  verify_at: 'http://localhost/verify',
  specimen: true,
};

export function papersIn(h: TestHouse) {
  const story = storyIn(h);
  const issueAs = async (
    by: string,
    number: string,
    form: Partial<IssueForm>,
    press = PRESS,
  ): Promise<DocumentFacts[]> => {
    const asked = issueForm.parse({ language: 'hi', ...form });
    return act(await h.as(by), 'documents.issue-paper', (a) => issue(a, number, asked, press));
  };
  const fetchAs = async (by: string, id: string): Promise<Buffer> =>
    (await act(await h.as(by), 'documents.fetch-paper', (a) => fetchDocument(a, id))).pdf;
  /** received, signed, FIR, statement, medical, summons, diary; with the investigating officer 2 */
  const investigated = async (form = complaint(), fir_number = '412'): Promise<string> => {
    await story.file(form);
    const number = (await story.call(form)).complaint_number ?? '';
    const now = (await story.now()).toString();
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: now, place: 'home' });
    await story.step('verma', number, {
      step: 'register-fir',
      fir_number,
      year: 2026,
      recorded_at: now,
      offence_on: '2026-01-01',
      sections: [
        { act: 'BNS', section: '64(1)' },
        { act: 'BNS', section: '75' },
      ],
    });
    await story.step('verma', number, { step: 'assign', to_post: await story.post('rekha') });
    const later = (await story.now()).toString();
    const io = (form: Record<string, unknown>) => story.step('rekha', number, form);
    await io({ step: 'statement', kind: 'police', at: later, by: 'rekha', woman_officer: 'yes' });
    await io({ step: 'medical', sent_at: later, examined_at: later });
    await io({
      step: 'summon',
      why: 'statement',
      at: '2026-03-02T11:00+05:30',
      place: 'अपने घर पर, ज्ञान नगर',
      note: 'बयान बाकी है',
      cannot: 'her-wish',
      agreed: true,
    });
    await io({ step: 'diary', text: `पहली प्रविष्टि: ${MARKUP}` });
    await io({ step: 'diary', text: 'दूसरी प्रविष्टि: श्री, क्षेत्र, र्म' });
    return number;
  };
  /** the report with the court */
  const forwarded = async (
    number: string,
    report: Record<string, unknown> = { kind: 'charge-sheet' },
  ): Promise<void> => {
    await story.step('rekha', number, { step: 'submit-report', ...report });
    await story.step('verma', number, { step: 'approve-report' });
    await story.step('singh', number, { step: 'approve-report' });
    const at = (await story.now()).toString();
    await story.step('verma', number, { step: 'forward-report', court: 'Special Court', at });
  };
  return {
    ...story,
    issueAs,
    fetchAs,
    /** issues one paper and takes it */
    printed: async (by: string, number: string, form: Partial<IssueForm>): Promise<Buffer[]> => {
      const made = await issueAs(by, number, form);
      const pdfs: Buffer[] = [];
      for (const { id } of made) pdfs.push(await fetchAs(by, id));
      return pdfs;
    },
    seenBy: async (by: string, number: string) =>
      read(await h.as(by), 'documents.look', async (r) => onPaper(r, await readFile(r, number))),
    check: (code: string) => read(h.nobody, 'documents.verify', (r) => verify(r, code)),
    /** a complaint with names that can be looked for */
    named: (change: Record<string, unknown> = {}) =>
      complaint({
        affected: {
          woman_or_girl: true,
          name: HER_NAME,
          age: 24,
          guardian_name: 'श्री राम',
          guardian_relation: 'father',
        },
        address_now: { district: 'in.up.kanpur_nagar', pin: '208017', text: HER_ADDRESS },
        accused: [{ known: true, name: ACCUSED_NAME, relation: 'neighbour' }],
        account: { text: MARKUP },
        where: { place_type: 'public', text: 'कर्मपुर का मोड़' },
        ...change,
      }),
    investigated,
    forwarded,
    /** a case whose report closes it, with the court */
    untraced: async (form: ReturnType<typeof complaint>, fir_number: string): Promise<string> => {
      const number = await investigated(form, fir_number);
      await forwarded(number, { kind: 'final-report', reason: 'FR_UNTRACED' });
      return number;
    },
  };
}
