// What a section says, beside the clock that rests on it. English quotes the row of clocks.json; Hindi is this house's own summary
// of those same words, never the official text, and every page that shows it says so.
import { clockRow } from './clock-rows.ts';
import { NO_SECTION, type WhyStep } from './clock-plan.ts';
import { RULE_IDS, RULES, type RuleId } from './rule-table.ts';

/** The two languages of one text. */
export type AuthorityText = { hi: string; en: string };

const SUMMARY = {
  callback: '20 से 22 घंटे के भीतर एक महिला फोन करेंगी। वह सिर्फ ओटीपी पूछेंगी और शिकायत नंबर देंगी।',
  transfer_receipt: 'जिस थाने का इलाका है, वह दूसरे थाने में दर्ज एफआईआर को 24 घंटे में अपने रजिस्टर पर ले। कानून में घंटे नहीं लिखे हैं।',
  medical_after_consent:
    'बाद में सहमति मिले तो 24 घंटे के भीतर डॉक्टर के पास। कानून बाद की सहमति के लिए घंटे नहीं बताता; यह पुलिस का लक्ष्य है।',
  message_answer: 'संदेश का जवाब 48 घंटे में। कानून में घंटे नहीं लिखे हैं; यह पुलिस का लक्ष्य है।',
  vikalp_24h: 'संबंधित थाने को शिकायत पर 24 घंटे में कार्रवाई पूरी करनी होगी।',
  efir_sign:
    'इलेक्ट्रॉनिक माध्यम से भेजी गई सूचना तब रिकॉर्ड पर ली जाती है जब उसे देने वाला व्यक्ति तीन दिन के भीतर उस पर हस्ताक्षर कर दे।',
  posh_complaint: 'घटना की तारीख से तीन महीने के भीतर; कारण लिखकर तीन महीने और बढ़ाए जा सकते हैं।',
  posh_inquiry: 'उपधारा (1) की जांच नब्बे दिन के भीतर पूरी की जाएगी।',
  pocso_report_24h: 'बिना गैरजरूरी देर के, पर चौबीस घंटे के भीतर, मामले की रिपोर्ट बाल कल्याण समिति और विशेष अदालत को दी जाएगी।',
  pocso_care_24h: 'रिपोर्ट के चौबीस घंटे के भीतर इंतजाम किया जाएगा।',
  preliminary_enquiry: 'पहली नजर में मामला बनता है या नहीं, यह जानने के लिए शुरुआती पूछताछ चौदह दिन के भीतर की जाएगी।',
  refusal_to_sp:
    'सूचना का सार लिखकर डाक से पुलिस अधीक्षक को भेजा जा सकता है। उससे भी काम न बने, तो मजिस्ट्रेट को अर्जी दी जा सकती है।',
  fir_copy: 'कॉपी तुरंत और मुफ्त दी जाएगी, सूचना देने वाले को या उस व्यक्ति को जिसके साथ घटना हुई।',
  report_to_magistrate: 'इसकी रिपोर्ट तुरंत मजिस्ट्रेट को भेजी जाएगी।',
  investigation_two_months: 'जांच उस तारीख से दो महीने के भीतर पूरी की जाएगी जिस दिन थाना प्रभारी ने सूचना दर्ज की।',
  scst_60d:
    'साठ दिन के भीतर जांच करना और विशेष अदालत या अनन्य विशेष अदालत में आरोप पत्र देना, और देर हो तो उसका कारण लिखकर बताना।',
  progress_90d:
    'पुलिस अधिकारी नब्बे दिन के भीतर जांच की प्रगति बताएंगे, किसी भी माध्यम से, इलेक्ट्रॉनिक भी: सूचना देने वाले को या उस व्यक्ति को जिसके साथ घटना हुई।',
  victim_medical_24h: 'सूचना मिलने के समय से चौबीस घंटे के भीतर पंजीकृत डॉक्टर के पास भेजा जाएगा।',
  free_treatment: 'फौरन मुफ्त प्राथमिक उपचार या इलाज दिया जाएगा, और फौरन पुलिस को बताया जाएगा।',
  medical_report_7d: 'सात दिन के भीतर रिपोर्ट जांच अधिकारी को भेजी जाएगी।',
  magistrate_statement: 'अपराध की बात पुलिस के ध्यान में आते ही मजिस्ट्रेट बयान दर्ज करेंगे।',
  limitation: 'अगर अपराध की सजा सिर्फ जुर्माना है, तो छह महीने; आगे सजा के हिसाब से एक साल या तीन साल।',
  noncog_fortnight: 'ऐसे सब मामलों की रोजनामचा रिपोर्ट हर पखवाड़े मजिस्ट्रेट को भेजी जाएगी।',
  search_record_48h: 'तुरंत, और अड़तालीस घंटे से देर किए बिना, सबसे नजदीक के मजिस्ट्रेट को भेजा जाएगा।',
  arrest_24h:
    'मजिस्ट्रेट के विशेष आदेश के बिना यह समय चौबीस घंटे से ज्यादा नहीं होगा। गिरफ्तारी की जगह से मजिस्ट्रेट की अदालत तक के सफर का समय इसमें नहीं गिना जाता।',
  default_bail:
    'मृत्युदंड, आजीवन कारावास, या दस साल या उससे ज्यादा के कारावास वाले अपराध की जांच में नब्बे दिन; किसी और अपराध की जांच में साठ दिन।',
  summons_case_6m: 'आरोपी की गिरफ्तारी की तारीख से छह महीने में जांच पूरी न हो, तो मजिस्ट्रेट आगे की जांच रोकने का आदेश देंगे।',
  bail_notice_15d: 'जमानत की अर्जी की सुनवाई के समय सूचना देने वाले का, या जिसे वह अधिकार दें उस व्यक्ति का, मौजूद रहना जरूरी है।',
  action_taken_to_informant: 'पुलिस अधिकारी ने जो कार्रवाई की, वह उस व्यक्ति को भी बताएंगे, अगर कोई हो, जिसने सबसे पहले सूचना दी।',
  copies_14d:
    'बिना देर किए, और किसी भी हाल में आरोपी के पेश या हाजिर होने की तारीख से चौदह दिन के भीतर, कॉपी आरोपी को दी जाएगी, और जिसके साथ घटना हुई उसे भी, अगर उसका वकील हो।',
  trial_two_months: 'अदालत की जांच या सुनवाई आरोप पत्र दाखिल होने की तारीख से दो महीने के भीतर पूरी की जाएगी।',
  scst_trial_2m: 'जहां तक हो सके, आरोप पत्र दाखिल होने की तारीख से दो महीने के भीतर पूरी की जाएगी।',
  pocso_evidence_30d: 'विशेष अदालत के अपराध का संज्ञान लेने के तीस दिन के भीतर।',
  pocso_trial_1y: 'जहां तक हो सके, संज्ञान लेने की तारीख से एक साल के भीतर।',
  further_investigation_90d: 'नब्बे दिन के भीतर पूरी की जाएगी; अदालत की अनुमति से यह समय बढ़ाया जा सकता है।',
  appeal_6m: 'ऐसी अपील का फैसला उसके दाखिल होने की तारीख से छह महीने के भीतर किया जाएगा।',
  compensation_2m: 'दो महीने के भीतर पूछताछ पूरी करके पर्याप्त मुआवजा दिया जाएगा।',
  dv_first_hearing: 'पहली तारीख आम तौर पर अदालत को अर्जी मिलने के तीन दिन से आगे की नहीं होगी।',
  dv_disposal: 'हर अर्जी को उसकी पहली सुनवाई की तारीख से साठ दिन के भीतर निपटाने की कोशिश की जाएगी।',
} as const satisfies Record<RuleId, string>;

/** The two promises quote Hindi sources; their English is ours. */
const PROMISE_EN: Partial<Record<RuleId, string>> = {
  callback:
    'Within 20 to 22 hours a woman calls. She asks only for the code and gives the complaint number. (Our translation.)',
  transfer_receipt:
    'The station of the area takes an FIR recorded at another station into its register within 24 hours; the law gives no hours. (Our translation.)',
  medical_after_consent:
    'After a later consent, to a doctor within 24 hours. The law gives no hours for a later consent. (Our translation.)',
  message_answer: 'A message is answered within 48 hours; the law gives no hours. (Our translation.)',
  vikalp_24h: 'The police station concerned must complete action on the complaint within 24 hours. (Our translation.)',
};

/**
 * What the section behind a rule says: in English the words quoted in its row, in Hindi our own summary of them.
 * @param rule id of a driving rule
 */
export const authorityText = (rule: RuleId): AuthorityText => ({
  hi: SUMMARY[rule],
  en: PROMISE_EN[rule] ?? clockRow(rule).quote,
});

/**
 * The same for a clock, where its reckoning rests on those very words: not where it is a plain promise, nor where an older section of
 * other wording stands behind it.
 * @param clock rule, section and steps as they were stored
 * @returns null where there are no words to show
 */
export function citedText(clock: { rule: string; authority: string; steps: readonly WhyStep[] }): AuthorityText | null {
  const rule = RULE_IDS.find((id) => id === clock.rule);
  if (!rule) return null;
  const unnumbered = clock.steps.find(({ code }) => code === 'no-number-in-law' || code === 'again-is-ours');
  const own = clock.authority === NO_SECTION ? null : clock.authority;
  const cites = own ?? (unnumbered && 'authority' in unnumbered ? unnumbered.authority : null);
  return cites !== null && cites === RULES[rule].versions[0].authority ? authorityText(rule) : null;
}
