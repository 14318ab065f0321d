// What a word in a search means: the codes it may stand for. Hindi and English words of daily speech; they only help to find, they are not the
// words of any page. Typed in either script a word is found by its sound: chhedkhani, छेड़खानी and छेड़छाड़ lead to the same files.
import { KNOWN_ACTS, normaliseAct } from '#law';
import { soundsOf } from '#sealed-identity';

const SAID: Record<string, string> = {
  'category:rape': 'rape बलात्कार दुष्कर्म रेप',
  'category:molestation': 'molestation छेड़छाड़ छेड़खानी harassment बदतमीजी',
  'category:stalking': 'stalking पीछा',
  'category:voyeurism': 'voyeurism ताकझांक फोटो वीडियो photo video',
  'category:cyber': 'cyber साइबर ऑनलाइन online इंटरनेट internet',
  'category:domestic_cruelty': 'cruelty domestic घरेलू हिंसा मारपीट ससुराल प्रताड़ना',
  'category:dowry': 'dowry दहेज',
  'category:marriage': 'marriage शादी विवाह',
  'category:acid': 'acid तेजाब एसिड',
  'category:trafficking': 'trafficking तस्करी',
  'category:kidnapping': 'kidnapping abduction अपहरण किडनैप',
  'category:child': 'child minor बच्ची बच्चा नाबालिग बालिका',
  'category:miscarriage': 'miscarriage गर्भपात abortion',
  'category:workplace': 'workplace कार्यस्थल दफ्तर नौकरी office',
  'category:atrocity': 'atrocity अत्याचार जातिसूचक caste',
  'category:identity_disclosure': 'disclosure उजागर पहचान identity',
  'category:police_duty': 'duty कर्तव्य लापरवाही negligence',
  'category:ancillary': 'threat धमकी intimidation',
  'category:other': 'अन्य other',
  'place:home': 'home घर मकान house',
  'place:public': 'public सार्वजनिक सड़क बाजार street market',
  'place:workplace': 'workplace कार्यस्थल दफ्तर फैक्ट्री office factory',
  'place:school': 'school college स्कूल कॉलेज विद्यालय कोचिंग coaching',
  'place:transport': 'transport bus train बस ट्रेन ऑटो टैक्सी auto taxi',
  'place:online': 'online ऑनलाइन इंटरनेट फोन internet',
  'place:custody': 'custody हिरासत थाने अस्पताल hospital',
  'state:confirmed': 'confirmed पुष्टि',
  'state:received': 'received हस्ताक्षर signature',
  'state:signed': 'signed एफआईआर fir',
  'state:investigating': 'investigating investigation जांच विवेचना',
  'state:report-submitted': 'approval मंजूरी',
  'state:report-approved': 'approved मंजूर',
  'state:forwarded': 'forwarded court अदालत कोर्ट न्यायालय',
  'state:closed': 'closed बंद',
  'state:refused': 'refused refusal इनकार मना',
  'state:transferred': 'transferred transfer स्थानांतरित ट्रांसफर zero जीरो',
  'report:charge-sheet': 'chargesheet charge आरोप आरोपपत्र चार्जशीट',
  'report:final-report': 'closure final क्लोजर अंतिम',
  'report:FR_FALSE': 'false झूठी झूठा',
  'report:FR_UNTRACED': 'untraced लापता अज्ञात',
  'report:FR_INSUFFICIENT_EVIDENCE': 'insufficient evidence सबूत साक्ष्य',
  'report:FR_MISTAKE_OF_FACT': 'mistake भूल',
  'report:FR_MISTAKE_OF_LAW': 'mistake भूल',
  'report:FR_CIVIL': 'civil दीवानी',
  'report:FR_NON_COGNIZABLE': 'noncognizable असंज्ञेय',
  'outcome:convicted': 'convicted conviction दोषी सजा',
  'outcome:acquitted': 'acquitted acquittal बरी',
  'outcome:discharged': 'discharged उन्मोचित',
  'outcome:quashed': 'quashed रद्द',
  'outcome:abated': 'abated मृत्यु death',
  'delay:fsl-awaited': 'fsl forensic फॉरेंसिक लैब एफएसएल laboratory',
  'delay:medical-awaited': 'medical मेडिकल डॉक्टर doctor',
  'delay:accused-absconding': 'absconding फरार',
  'delay:witness-awaited': 'witness गवाह',
  'delay:court-order': 'stay रोक आदेश order',
  'delay:digital-evidence': 'digital डिजिटल मोबाइल platform प्लेटफॉर्म',
};

/** Words around a search that say nothing about which. */
const FILLERS = new Set(
  'section sec act of the in and with a case cases file files धारा की का के में और से मामला मामले केस फाइल फाइलें थाना थाने'.split(
    ' ',
  ),
);
const SHORTEST_SOUND = 2;

/** Codes by the sounds of their words; a word of a category is heard, never guessed from its beginning. */
function bySound(said: Readonly<Record<string, string>>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [code, words] of Object.entries(said))
    for (const word of words.split(' '))
      for (const sound of soundsOf(word)) found.set(sound, (found.get(sound) ?? new Set()).add(code));
  return found;
}
const HEARD = bySound(SAID);
const EXACT = new Map<string, string[]>();
for (const [code, words] of Object.entries(SAID))
  for (const word of words.split(' ')) EXACT.set(fold(word), [...(EXACT.get(fold(word)) ?? []), code]);

function fold(word: string): string {
  return word.normalize('NFC').toLowerCase();
}

/** A unit that may be named in a search, in both scripts. */
export type Place = { path: string; names: readonly string[] };
/** A word and the codes it may stand for; none where it means nothing here. */
export type Meant = { word: string; codes: string[] };

const MORE_THAN_A_PLACE = new Set([
  'thana',
  'police',
  'station',
  'kotwali',
  'nagar',
  'zone',
  'circle',
  'sample',
  'नमूना',
]);
const placeSounds = new WeakMap<Place, Set<string>>();
function soundsOfPlace(place: Place): Set<string> {
  const known = placeSounds.get(place);
  if (known) return known;
  const words = place.names
    .flatMap((name) => name.split(/[^\p{L}\p{M}]+/u))
    .filter((w) => w && !MORE_THAN_A_PLACE.has(fold(w)));
  const sounds = new Set(words.flatMap(soundsOf));
  placeSounds.set(place, sounds);
  return sounds;
}

/**
 * What the words of a search may stand for: an act, a category, a kind of place, a state, a reason, a unit by its name. A word that is
 * spelled as one of ours means that; otherwise it means what sounds like it.
 * @param text what was typed, in either script
 * @param places the units that may be named
 */
export function meaningsOf(text: string, places: readonly Place[]): Meant[] {
  const words = text
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word && !FILLERS.has(fold(word)));
  return words.map((word) => ({ word, codes: codesOf(word, places) }));
}

function codesOf(word: string, places: readonly Place[]): string[] {
  const act = normaliseAct(word);
  if (act && act in KNOWN_ACTS) return [`act:${act}`];
  const exact = EXACT.get(fold(word));
  if (exact) return exact;
  const sounds = soundsOf(word).filter((sound) => sound.length >= SHORTEST_SOUND);
  const heard = sounds.flatMap((sound) => [...(HEARD.get(sound) ?? [])]);
  const named = places.filter((place) => sounds.some((sound) => soundsOfPlace(place).has(sound)));
  return [...new Set([...heard, ...named.map(({ path }) => `unit:${path}`)])];
}
