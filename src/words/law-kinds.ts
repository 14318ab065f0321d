// Which rules are said as a limit in law, which as a target of the police, and which as either. A test holds this against the table.
import type { RuleId } from '#law';

/** The section itself gives the number. */
export type RuleInLaw = Exclude<
  RuleId,
  | 'callback'
  | 'vikalp_24h'
  | 'message_answer'
  | 'medical_after_consent'
  | 'transfer_receipt'
  | 'refusal_to_sp'
  | 'fir_copy'
  | 'report_to_magistrate'
  | 'free_treatment'
  | 'magistrate_statement'
  | 'action_taken_to_informant'
>;

/** In some case, or before some day, the number is the police's own. */
export type RuleAsTarget =
  | Exclude<RuleId, RuleInLaw>
  | 'efir_sign'
  | 'preliminary_enquiry'
  | 'investigation_two_months'
  | 'progress_90d'
  | 'medical_report_7d'
  | 'noncog_fortnight'
  | 'search_record_48h'
  | 'copies_14d'
  | 'further_investigation_90d';
