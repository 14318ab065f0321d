// The papers of a file over the API: which may be issued, which were; to issue one; the PDF as it was printed.
import { z } from 'zod';
import type { Reading } from '#foundation';
import { readFile } from '#casework';
import { type DocumentFacts, documentsOf, fetchDocument, issue, issueForm, onPaper } from '#documents';
import { asciiDigits } from '#law';
import { type Lang, reason, words } from '#words';
import { writer } from '../../../words/papers/papers.ts';
import { idOf } from './callbacks.ts';
import { actsOnce, acts, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import { Problem } from './problem.ts';
import { document, paper } from './document-shapes.ts';
import { iso } from './time.ts';

const present = (d: DocumentFacts, lang: Lang): z.input<typeof document> => ({
  id: d.id,
  kind: d.kind,
  name: words(lang).staff.documents.names[d.kind],
  number: d.reference,
  part_of: d.part_of,
  language: d.language,
  sealed: d.names_her,
  issued_at: iso(d.issued_at),
  post: d.post_name[lang],
  officer: d.officer?.[lang] ?? null,
  mark: d.mark,
  sha256: d.sha256,
  size: d.size,
});

/** The papers of a file in sight, as the API shows them. */
export const presentDocuments = async (r: Reading, file: string, lang: Lang): Promise<z.input<typeof document>[]> =>
  (await documentsOf(r, file)).map((one) => present(one, lang));

// what is no number names nothing
function numberOf(call: Pick<Call, 'params'>): string {
  const number = asciiDigits(call.params.number ?? '').replace(/[\s-]/g, '');
  if (!/^\d{12}$/.test(number)) throw new Problem('not-found');
  return number;
}

const pressAt = (origin: string) => ({
  write: writer(`${new URL(origin).host}/verify`),
  verify_at: `${origin}/verify`,
  specimen: process.env.ITSSO_MODE !== 'production',
});

export const documents: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/files/{number}/documents',
    who: 'officer',
    summary: 'The papers of a file: which may be issued now and why not, which have been issued',
    status: 200,
    answer: z.object({ papers: z.array(paper), items: z.array(document) }),
    answers: async (call) => {
      const number = numberOf(call);
      const { lang } = call;
      const seen = await reads(call, 'documents.list', async (r) => onPaper(r, await readFile(r, number)), {
        note: 'inside',
      });
      return {
        papers: seen.papers.map(({ kind, authority, names_her, why_not }) => ({
          kind,
          name: words(lang).staff.documents.names[kind],
          authority,
          names_her,
          allowed: why_not === null,
          why_not,
          why_not_text: why_not && reason(lang, why_not),
        })),
        items: seen.documents.map((one) => present(one, lang)),
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/documents',
    who: 'officer',
    summary:
      'Issue a paper. What names her takes a purpose and opens her identity; the report to the court comes in two parts',
    status: 201,
    body: issueForm,
    answer: z.object({ items: z.array(document) }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const number = numberOf(call);
      const { lang, origin, body } = call;
      const made = await actsOnce(
        call,
        'documents.issue-paper',
        (a) => issue(a, number, body, pressAt(origin)),
        // a repetition finds what the first has made: the newest of that kind and language by this post, with its other part
        async (a) => {
          const { documents: all } = await onPaper(a, await readFile(a, number));
          const first = all.find(({ kind, language }) => kind === body.kind && language === body.language);
          return all.filter(({ id, part_of }) => first && (id === first.id || part_of === first.id)).toReversed();
        },
      );
      return { items: made.map((one) => present(one, lang)) };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/documents/{id}',
    who: 'officer',
    summary: 'A paper as it was printed, byte for byte; sealed ones while her identity stands open in this session',
    status: 200,
    media: 'application/pdf',
    file: true,
    answer: z.unknown().meta({ override: { type: 'string', format: 'binary' } }),
    refuses: [409],
    answers: async (call) => {
      const { pdf, name } = await acts(call, 'documents.fetch-paper', (a) => fetchDocument(a, idOf(call, 'id')));
      return { bytes: pdf, name };
    },
  }),
];
