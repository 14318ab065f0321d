// From what the room of papers tells (codes, both languages, instants) to what stands on a sheet, in the language of the paper.
import type { AnyPaper, Block, Paper, Told } from '#documents';
import { cite } from '../explain.ts';
import { fours, istDay, longDay } from '../format.ts';
import { words } from '../words.ts';
import { finalForm, fir, sealedPart } from './forms.ts';
import { acknowledgement, closureNotice, notice, progress } from './letters.ts';
import { abstract, diary } from './records.ts';
import { firOf } from './parts.ts';

const BLOCKS: Record<AnyPaper, (told: Told) => Block[]> = {
  acknowledgement,
  notice,
  'progress-letter': progress,
  'closure-notice': closureNotice,
  fir,
  'final-form': finalForm,
  'sealed-part': sealedPart,
  abstract,
  diary,
};

/**
 * Writes a paper.
 * @param verify_at the address printed for those who type the code, without scheme
 */
export const writer =
  (verify_at: string) =>
  (told: Told): Paper => {
    const { kind, language, office, officer } = told;
    const w = words(language).documents;
    const named = told.identity !== null;
    const blocks = BLOCKS[kind](told);
    const sealing = told.protected_by.map((law) => cite(language, law)).join('; ');
    return {
      language,
      title: w.titles[kind],
      law: lawOf(told),
      from: [office.unit[language], office.district?.[language]].filter(Boolean).join(', '),
      office: [w.office(office.post[language]), office.phone && w.phone(office.phone)].filter(Boolean).join(' · '),
      box: boxOf(told),
      refs: refsOf(told),
      blocks: named ? [...blocks, { is: 'text', text: sealing ? w.sealing(sealing) : w.sealing_house }] : blocks,
      sign: FORMS.has(kind)
        ? null
        : {
            closing: HERS.has(kind) ? w.yours[officer.woman ? 'woman' : 'man'] : w.seal_and_sign,
            lines: [`${officer.rank[language]} ${officer.name[language]}`.trim(), office.post[language]],
          },
      foot: { ...w.foot, text: w.foot.text(verify_at) },
      unprinted: w.unprinted,
      specimen: told.specimen ? w.specimen : null,
    };
  };

const HERS: ReadonlySet<AnyPaper> = new Set([
  'acknowledgement',
  'notice',
  'progress-letter',
  'closure-notice',
] as const);

const FORMS: ReadonlySet<AnyPaper> = new Set(['fir', 'final-form'] as const);

function lawOf({ kind, language, authority }: Told): string {
  const w = words(language).documents;
  const law = authority ? cite(language, authority) : '';
  if (kind === 'fir') return w.forms.fir;
  if (kind === 'final-form' || kind === 'sealed-part') return w.forms['final-form'];
  if (kind === 'notice') return w.law.notice(law);
  if (kind === 'progress-letter') return w.law.progress(law);
  if (kind === 'closure-notice') return w.law.closure(law);
  if (kind === 'diary') return w.law.diary(law);
  return '';
}

// the word "sealed" stands where her name stands, and nowhere else
function boxOf({ kind, language, identity }: Told): Paper['box'] {
  const w = words(language).documents.box;
  if (identity) {
    const small = kind === 'notice' ? w.for_her : kind === 'fir' ? w.for_her_and_court : w.for_court;
    return { strong: w.sealed, small };
  }
  if (HERS.has(kind)) return { strong: w.for_her, small: w.hers_only };
  return kind === 'final-form' ? null : { strong: w.inside, small: w.for_police };
}

function refsOf(told: Told): Paper['refs'] {
  const { kind, language, file, number, other_part } = told;
  const w = words(language).documents.refs;
  const refs = [
    { name: w.reference, value: told.reference },
    { name: w.day, value: longDay(language, istDay(told.now)) },
    // what goes to court is known there by its FIR; the complaint number is hers
    ...(kind === 'final-form' || kind === 'sealed-part' ? [] : [{ name: w.complaint, value: fours(number).join(' ') }]),
    ...(file.fir ? [{ name: w.fir, value: firOf(told) }] : []),
    ...(kind === 'sealed-part' && other_part ? [{ name: w.part_of, value: other_part }] : []),
  ];
  return !file.fir && file.register
    ? [...refs, { name: w.register, value: `${file.register.serial}/${file.register.year}` }]
    : refs;
}
