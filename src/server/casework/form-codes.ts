// The listed answers of the forms of a file: each list once, with the names of the API.

/** How her word was taken: orally at the desk, in writing by the police, before a Magistrate. */
export const STATEMENT_KINDS = ['oral-information', 'police', 'magistrate'] as const;
/** Where it was taken: at her residence or where she chose (BNSS 176(1), POCSO 24(1)), or elsewhere. */
export const STATEMENT_PLACES = ['home', 'her-choice', 'hospital', 'station'] as const;
/** What she is asked to come for: the three occasions that the law names, the one visit that is promised, and everything else. */
export const SUMMON_REASONS = [
  'signing',
  'magistrate-statement',
  'medical',
  'report',
  'statement',
  'identification',
  'test-identification',
  'clarification',
  'document',
  'place-of-occurrence',
  'counselling',
  'other',
] as const;
/** Why it can be done neither online nor where she lives. */
export const WHY_NOT_AT_HOME = [
  'her-wish',
  'home-not-safe',
  'thing-or-place',
  'original-papers',
  'equipment',
  'only-there',
] as const;
/** What became of a summons. */
export const SUMMON_RESULTS = ['attended', 'heard-at-home', 'heard-online', 'not-needed', 'not-held'] as const;
/** What she may answer to one. */
export const SUMMON_ANSWERS = ['come', 'at-home', 'woman-officer', 'online', 'another-time'] as const;
/** Where she signed. */
export const SIGN_PLACES = ['home', 'hospital', 'station', 'other'] as const;
/** Reasons of a closure report, as in the final form (IIF-V). "Not proved" is never "false". */
export const REPORT_REASONS = [
  'FR_INSUFFICIENT_EVIDENCE',
  'FR_UNTRACED',
  'FR_FALSE',
  'FR_MISTAKE_OF_FACT',
  'FR_MISTAKE_OF_LAW',
  'FR_CIVIL',
  'FR_NON_COGNIZABLE',
  'ABATED',
  'QUASHED',
] as const;
/** Which charge sheet, as in line 7 of the final form: a supplementary one follows an original one and starts no trial anew. */
export const CHARGE_SHEETS = ['original', 'supplementary'] as const;
/** What became of the case in court. */
export const OUTCOMES = [
  'convicted',
  'acquitted',
  'discharged',
  'closure-accepted',
  'quashed',
  'abated',
  'other',
] as const;

/** What a court ordered while the case runs. A stay is recorded and shown beside the dates; it moves none. */
export const COURT_ORDERS = ['stay', 'stay-lifted', 'monitoring', 'other'] as const;
/** What a day in court is for. */
export const COURT_DATES = [
  'remand',
  'bail',
  'closure-report',
  'charge',
  'evidence',
  'arguments',
  'judgment',
  'other',
] as const;
/** What happened in court, in the order in which a case meets it. */
export const COURT_EVENTS = [
  'cognizance',
  'closure-accepted',
  'closure-rejected',
  'protest-petition',
  'accused-appeared',
  'copies-supplied',
  'charges-framed',
  'discharged',
  'child-evidence-recorded',
  'judgment',
  'appeal-filed',
  'appeal-decided',
  'quashed',
  'abated',
] as const;
/** What a judgment or the decision of an appeal says. */
export const RESULTS = ['convicted', 'acquitted', 'partly', 'other'] as const;
/** Why a case is taken up again. */
export const REOPEN_KINDS = ['protest-petition', 'court-order', 'new-evidence', 'superior', 'other'] as const;
/** In whose custody an accused is remanded. */
export const CUSTODIES = ['police-custody', 'judicial-custody'] as const;
/** How an accused went free. */
export const RELEASES = ['police-bail', 'court-bail', 'default-bail', 'not-remanded', 'other'] as const;
/** What came of a test identification. */
export const IDENTIFICATIONS = ['identified', 'not-identified', 'not-held'] as const;
