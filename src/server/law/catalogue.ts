// The rows of the offence catalogue as they lie in offences.json, with their shape; nothing here judges them.
import table from './offences.json' with { type: 'json' };

/** The acts of the catalogue by their short code, with the name under which each was passed. */
export const KNOWN_ACTS = {
  BNS: 'Bharatiya Nyaya Sanhita, 2023',
  IPC: 'Indian Penal Code, 1860',
  POCSO: 'Protection of Children from Sexual Offences Act, 2012',
  IT: 'Information Technology Act, 2000',
  DPA: 'Dowry Prohibition Act, 1961',
  PWDVA: 'Protection of Women from Domestic Violence Act, 2005',
  ITPA: 'Immoral Traffic (Prevention) Act, 1956',
  IRWA: 'Indecent Representation of Women (Prohibition) Act, 1986',
  POSH: 'Sexual Harassment of Women at Workplace (Prevention, Prohibition and Redressal) Act, 2013',
  MWPRMA: 'Muslim Women (Protection of Rights on Marriage) Act, 2019',
  PCMA: 'Prohibition of Child Marriage Act, 2006',
  SCST: 'Scheduled Castes and Scheduled Tribes (Prevention of Atrocities) Act, 1989',
  JJ: 'Juvenile Justice (Care and Protection of Children) Act, 2015',
} as const;

/** Short code of an act of the catalogue. */
export type ActCode = keyof typeof KNOWN_ACTS;

/** Punishment of an offence; years are whole years, null where the row does not say. */
export type Punishment = {
  text?: string;
  min_years?: number | null;
  max_years?: number | null;
  life?: boolean;
  death?: boolean;
  fine?: boolean;
};

/** What a section brings with it; null means not answered by the source. */
export type OffenceFlags = {
  woman_officer_records_info_173_1: boolean | null;
  woman_officer_statement_180_3: boolean | null;
  magistrate_statement_183_6: boolean | null;
  victim_medical_24h_184: boolean | null;
  identity_protected: string | null;
  in_camera_366_2: boolean | null;
  trial_two_months_346: boolean | null;
  free_treatment_397: boolean | null;
  refusal_to_record_is_offence_199c: boolean | null;
  preliminary_enquiry_173_3_possible: boolean | null;
};

/** One row of the catalogue. `verified: false` drives nothing and is shown to nobody as law. */
export type Offence = {
  id: string;
  act: ActCode;
  act_full: string;
  in_force_from: string | null;
  in_force_to: string | null;
  section: string;
  title_en: string;
  title_hi: string;
  title_hi_verified: boolean;
  corresponds_to: readonly { act: string; section: string }[];
  punishment: Punishment;
  punishment_subsequent?: Punishment;
  cognizable: boolean | 'conditional' | null;
  cognizable_note: string | null;
  bailable: boolean | null;
  bailable_note: string | null;
  triable_by: string | null;
  two_month_limit_statutory: boolean;
  two_month_basis: string | null;
  default_bail_days: number | null;
  flags: OffenceFlags;
  category: string;
  verified: boolean;
  unverified_fields: readonly string[];
  source: readonly string[];
  notes: string;
  derived_fields: readonly string[];
};

/** Every row, in the order of the file. */
export const ROWS = table.offences as unknown as readonly Offence[];

/** The plain-words categories every row lies in one of. */
export const CATEGORIES: readonly string[] = table.meta.categories;

const two_months = table.meta.two_month_statutory_list;

/** The two lists of sections whose investigation is limited to two months, with the days they were in force. */
export const TWO_MONTH_LISTS = {
  'BNSS 193(2)': { ...two_months.BNSS_193_2, to: null },
  'CrPC 173(1A)': two_months.CrPC_173_1A,
} as const;

/** The lists of sections that other duties hang on, as the statute names them; a bare number is a BNS section. */
export const DUTY_LISTS = table.meta.section_lists;

/** Name of any list of sections that `sectionInList` can be asked about. */
export type SectionList = keyof typeof TWO_MONTH_LISTS | keyof typeof DUTY_LISTS;
