// What a paper is written from: the file, what its steps recorded, who issues it, and her identity where it was opened for it.
import type { Act, Reading } from '#foundation';
import { type FileView, nextFor, type Recorded, recordedOf } from '#casework';
import { chainsOf, inCharge } from '#deadlines';
import { evidenceOf, type Exhibit, type VoiceNote, voicesOf } from '#evidence';
import { duties, type Right, verifiedRights } from '#law';
import { findHolder, findUnit, type Named, type Post, readPost } from '#posts';
import type { Identity } from '#sealed-identity';
import type { AnyPaper, PaperFacts as RuleFacts } from './rules.ts';

/** Everything that may stand on a paper, in codes, both languages and instants. Words are made of it elsewhere. */
export type Told = {
  kind: AnyPaper;
  language: 'hi' | 'en';
  /** the complaint number, 12 digits */
  number: string;
  reference: string;
  /** of a form in two parts, the number of the other part */
  other_part: string | null;
  now: Temporal.Instant;
  office: { post: Named; unit: Named; district: Named | null; phone: string | null };
  officer: { name: Named; rank: Named; woman: boolean };
  file: FileView;
  recorded: readonly Recorded[];
  /** the exhibits that the report relies on, as far as there is one */
  relied: readonly Exhibit[];
  /** what was spoken to the diary */
  voices: readonly VoiceNote[];
  next: string;
  /** null on every paper that does not name her */
  identity: Identity | null;
  /** the district of her address */
  home: Named | null;
  /** the sections that forbid making her known in this case; none where the house's own rule alone does */
  protected_by: readonly string[];
  authority: string | null;
  rights: readonly Right[];
  specimen: boolean;
};

// what a paper for her says she may expect; only verified rows are ever shown
const RIGHTS: Partial<Record<AnyPaper, readonly string[]>> = {
  acknowledgement: ['electronic', 'free_copy', 'lawyer'],
  notice: ['not_called', 'lawyer'],
  'progress-letter': ['copies', 'lawyer', 'no_withdrawal', 'identity'],
  'closure-notice': ['closure_hearing', 'lawyer'],
};
/** The rights that stand on a paper, in its own order. */
export const rightsOn = (paper: AnyPaper): Right[] =>
  (RIGHTS[paper] ?? []).flatMap((id) => verifiedRights().find((right) => right.id === id) ?? []);

/** Which sections seal her name in this case: only where they say so themselves. */
export function protectedBy(file: Pick<FileView, 'sections' | 'child'>): string[] {
  const sealing = duties(file.sections, file.child).filter(
    ({ duty, basis }) => (duty === 'identity-sealed' || duty === 'child-identity-sealed') && basis === 'express',
  );
  return sealing.map(({ authority, duty }) =>
    duty === 'child-identity-sealed' ? `POCSO 23(2), ${authority.slice(6)}` : authority,
  );
}

/** What the rules must know of a file. */
export const ruleFacts = (file: FileView): RuleFacts => ({
  state: file.state,
  fir: file.fir !== null,
  summons: file.history.filter(({ step }) => step === 'summon').length,
  report: file.report?.submitted_at != null,
  closure: file.report?.kind === 'final-report',
  entries: file.diary.length,
});

/** The kinds of post for which the acting post may sign: its own, and those of vacant posts on the way up from the desk. */
export async function kindsOf(r: Reading, file: FileView): Promise<string[]> {
  if (r.actor.kind !== 'officer') return [];
  const { post, post_kind } = r.actor;
  const desk = file.desks.at(-1)?.post;
  const links = desk ? ((await chainsOf(r, [desk])).get(desk) ?? []) : [];
  return [post_kind, ...links.flatMap((link, n) => (inCharge(links.slice(n))?.post === post ? [link.kind] : []))];
}

// by the report that was submitted last: what was said with it, not what lies in the malkhana
async function reliedOn(r: Reading, number: string, recorded: readonly Recorded[]): Promise<Exhibit[]> {
  const said = recorded.findLast(({ step }) => step === 'submit-report')?.form.exhibits;
  if (!Array.isArray(said) || said.length === 0) return [];
  const { exhibits } = await evidenceOf(r, number);
  return exhibits.filter((one) => said.includes(one.number));
}

/** Everything for one paper but its numbers and her identity. */
export async function gather(a: Act, number: string, file: FileView, acting: Post) {
  const holder = await findHolder(a, acting.id);
  const recorded = await recordedOf(a, number);
  const district = await findUnit(a, acting.path.split('.').slice(0, 3).join('.'));
  return {
    number,
    file,
    now: a.now,
    next: nextFor(file).what,
    recorded,
    relied: await reliedOn(a, number, recorded),
    voices: await voicesOf(a, number),
    protected_by: protectedBy(file),
    officer: { name: holder?.name ?? NOBODY, rank: holder?.rank ?? NOBODY, woman: holder?.woman ?? false },
    office: {
      post: { hi: acting.name_hi, en: acting.name_en },
      unit: { hi: acting.unit_name_hi, en: acting.unit_name_en },
      district: district && district.path !== acting.path ? { hi: district.name_hi, en: district.name_en } : null,
      phone: acting.office_phone,
    },
  };
}
const NOBODY: Named = { hi: '', en: '' };

/** The district of her address, by name. */
export async function homeOf(r: Reading, identity: Identity): Promise<Named | null> {
  const unit = identity.address && (await findUnit(r, identity.address.district));
  return unit ? { hi: unit.name_hi, en: unit.name_en } : null;
}

/** The post that acts. */
export const actingPost = (a: Act, post: string): Promise<Post> => readPost(a, post);
