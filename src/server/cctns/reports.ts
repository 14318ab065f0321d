// How the final form (IIF-V) ends a case, by its code and by what is written instead of the code.

/** The kinds of report, as the final form names them. */
export const REPORT_KINDS = [
  'CHARGE_SHEET',
  'CHARGE_SHEET_SUPPLEMENTARY',
  'FR_INSUFFICIENT_EVIDENCE',
  'FR_UNTRACED',
  'FR_FALSE',
  'FR_MISTAKE_OF_FACT',
  'FR_MISTAKE_OF_LAW',
  'FR_CIVIL',
  'FR_NON_COGNIZABLE',
  'ABATED',
  'TRANSFERRED',
  'QUASHED_OR_STAYED',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

// words of the form (IIF-V, 5 and 6) and the usual short forms. A bare "final report" says not which, and is not guessed.
const SPELLINGS: Record<ReportKind, readonly string[]> = {
  CHARGE_SHEET: ['cs', 'chargesheet', 'chargesheeted', 'challan', 'आरोपपत्र', 'आपत्र', 'चालान'],
  CHARGE_SHEET_SUPPLEMENTARY: ['supplementarychargesheet', 'supplementary', 'पूरकआरोपपत्र'],
  FR_INSUFFICIENT_EVIDENCE: [
    'wantofevidence',
    'notchargesheetedforwantofevidence',
    'insufficientevidence',
    'साक्ष्यकाअभाव',
    'साक्ष्यअभाव',
  ],
  FR_UNTRACED: ['untraced', 'fruntraced', 'undetected', 'frundetected', 'noclue', 'अपराधीकापतानहीं', 'पतानहीं'],
  FR_FALSE: ['false', 'frfalse', 'unoccurredfalse', 'झूठी', 'असत्य', 'अंतिमरिपोर्टझूठी'],
  FR_MISTAKE_OF_FACT: ['mistakeoffact', 'तथ्यकीभूल'],
  FR_MISTAKE_OF_LAW: ['mistakeoflaw', 'विधिकीभूल'],
  FR_CIVIL: ['civilnature', 'civil', 'civildispute', 'दीवानीप्रकृति', 'दीवानी'],
  FR_NON_COGNIZABLE: ['noncognizable', 'ncr', 'असंज्ञेय'],
  ABATED: ['abated', 'offenceabated', 'froffenceabated', 'उपशमित'],
  TRANSFERRED: ['transferred', 'transfer', 'अंतरित', 'स्थानांतरित'],
  QUASHED_OR_STAYED: ['quashed', 'stayed', 'quashedorstayed', 'निरस्त', 'स्थगित'],
};
const foldKind = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
const KIND = new Map(
  REPORT_KINDS.flatMap((kind) => [kind, ...SPELLINGS[kind]].map((text) => [foldKind(text), kind] as const)),
);

/** Which kind of report is meant; undefined where that is not said. */
export const readReportKind = (text: string): ReportKind | undefined => KIND.get(foldKind(text));
