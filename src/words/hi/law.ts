// How a date came about, said aloud: one sentence for each code of the law room. ** marks what stands out.
// These are our own plain words for what the section says, not its official text.
import type { Says } from '#law';
import { lawMoments } from './law-moments.ts';
import { lawRules } from './law-rules.ts';

const label = 'हमारे शब्दों में, कानून का आधिकारिक पाठ नहीं';

export const law = {
  ...lawRules,
  ...lawMoments,
  label,
  acts: {
    BNSS: 'भारतीय नागरिक सुरक्षा संहिता',
    BNS: 'भारतीय न्याय संहिता',
    BSA: 'भारतीय साक्ष्य अधिनियम',
    CrPC: 'दंड प्रक्रिया संहिता',
    IPC: 'भारतीय दंड संहिता',
    POCSO: 'पॉक्सो अधिनियम',
    IT: 'सूचना प्रौद्योगिकी अधिनियम',
    GCA: 'साधारण खंड अधिनियम',
    'SC/ST Act': 'अनुसूचित जाति और जनजाति (अत्याचार निवारण) अधिनियम',
    PWDVA: 'घरेलू हिंसा से महिला संरक्षण अधिनियम',
    POSH: 'कार्यस्थल पर यौन उत्पीड़न (निवारण) अधिनियम',
  },
  section: (act: string, section: string) => `${act}, धारा ${section}`,
  listed: (section: string) => `इस मामले की धारा ${section ? `**${section}** ` : ''}उस सूची में है जिस पर यह सीमा लागू है।`,
  medicalSection: (section: string) =>
    `${section ? `धारा **${section}**` : 'इस मामले की धारा'} में डॉक्टर के पास भेजना जरूरी है।`,
  byCorrespondence: (section: string) =>
    `${section ? `धारा ${section}` : 'इस मामले की धारा'} पुरानी है; नई सूची में उसका नाम नहीं, उसकी जगह आई धारा का है। इसलिए यह सीमा **मिलान से** मानी गई है।`,
  noneListed:
    'इस मामले की कोई धारा उस सूची में नहीं है जिस पर कानून दो महीने की सीमा लगाता है। इसलिए यह **पुलिस का लक्ष्य** है, कानून की सीमा नहीं।',
  unreadable: (section: string) => `${section ? `धारा “${section}”` : 'एक धारा'} समझ में नहीं आई; अधिकारी इसे ठीक करेंगे।`,
  childWithoutPocso: (act: string) =>
    `घटना के समय उम्र 18 साल से कम थी, पर ${act || 'उस उम्र के लिए बने कानून'} की धारा नहीं लिखी है। अधिकारी को यह देखना है; तारीख इससे नहीं बदलती।`,
  notInOldCode: (from: string) => `यह नियम ${from} से लागू कानून में है; इस मामले पर पुराना कानून चलता है।`,
  specialAct: 'इस मामले पर लागू विशेष कानून',
  appliesToChild: 'घटना के दिन उम्र 18 साल से कम थी, इसलिए यह नियम लागू है।',
  actCited: (section: string) =>
    section
      ? `इस मामले में **${section}** लिखी है, इसलिए यह नियम लागू है।`
      : 'यह नियम उस विशेष कानून का है जो इस मामले में लिखा गया है।',
  punishable: (section: string, most: string) =>
    section ? `सबसे भारी धारा **${section}**: अधिकतम सजा ${most}।` : 'यह नियम इस मामले की धाराओं की सजा देखकर लागू होता है।',
  mostYears: (years: number) =>
    years === 0 ? 'सिर्फ जुर्माना' : years < 1 ? `${Math.round(years * 12)} महीने` : `${years} साल`,
  mostLife: 'आजीवन कारावास, मृत्युदंड, या ऊपर की कोई हद नहीं',
  bailDays: (days: number) => `इन धाराओं पर **${days} दिन** गिने जाते हैं।`,
  bailDaysUnsettled: (days: number) =>
    `धाराओं से यह साफ नहीं कि 60 दिन गिनें या 90; इसलिए पहले वाली तारीख, **${days} दिन**, रखी है। अधिकारी इसे देख लें।`,
  bandUnchecked: 'अभी कोई धारा नहीं लिखी है। सजा तीन साल या ज्यादा और सात से कम है या नहीं, यह अधिकारी को देखना है।',
  ofAccused: (accused: number) => `यह घड़ी आरोपी ${accused} की है।`,
  noNumber: {
    forthwith: 'धारा कहती है “तुरंत”, और कोई संख्या नहीं देती। नीचे का समय पुलिस का अपना लक्ष्य है।',
    immediately: 'धारा कहती है “फौरन”, और कोई संख्या नहीं देती। नीचे का समय पुलिस का अपना लक्ष्य है।',
    'as-soon-as': 'धारा कहती है “पुलिस को पता चलते ही”, और कोई संख्या नहीं देती। नीचे का समय पुलिस का अपना लक्ष्य है।',
    'without-delay': 'धारा कहती है “बिना देर किए”, और कोई संख्या नहीं देती। नीचे का समय पुलिस का अपना लक्ष्य है।',
    'no-number': 'धारा यह काम बताती है, पर उसका समय नहीं। नीचे का समय पुलिस का अपना लक्ष्य है।',
  } satisfies Record<Says, string>,
  notThePolice: (who: string) => `यह काम ${who} को करना है। पुलिस पूछ सकती है, खुद नहीं कर सकती।`,
  notThePoliceButYou: 'यह काम पुलिस नहीं कर सकती; करें या न करें, यह आप तय करती हैं।',
  againIsOurs: (days: number) => `धारा एक बार बताने को कहती है। हर ${days} दिन पर फिर बताना पुलिस ने खुद तय किया है।`,
  firstDayIncluded: (day: string) => `पहला दिन, ${day}, गिना जाता है।`,
  ourReading: 'धारा यह नहीं बताती कि गिनती कब से हो; हमने दर्ज होने के दिन से गिना है।',
  firstDay: (day: string) => `पहला दिन, ${day}, नहीं गिना जाता।`,
  months: (days: string) => `कैलेंडर से महीने: ${days}।`,
  days: (from: string, to: string, days: number) => `${from} से ${to} तक, ${days} दिन।`,
  hours: (hours: number) => `घड़ी से ${hours} घंटे, रात और छुट्टी भी गिनकर।`,
  clamped: (month: string, day: number) => `${month} में ${day} तारीख नहीं होती, इसलिए महीने का आखिरी दिन।`,
  notSixty: (on: string) => `यह “60 दिन” नहीं है; 60 दिन ${on} को होते हैं।`,
  makeItPossible: 'हस्ताक्षर का इंतजाम पुलिस को करना है, आपके घर पर भी। देर हो जाए, तब भी कुछ नहीं मिटता।',
  onlyWithConsent: 'सिर्फ आपकी सहमति से।',
  due: { law: (at: string) => `सीमा: **${at}**`, 'police-target': (at: string) => `लक्ष्य: **${at}**` },
  sectionText: (text: string) => `**धारा क्या कहती है** (${label}): ${text}`,
  never: 'फाइल किसी और के पास जाए, तब भी यह तारीख नहीं बदलती।',
  passed: 'तारीख निकल गई तो?',
  passedText: 'मामला बंद नहीं होता। उसी दिन बड़े अधिकारियों को चेतावनी जाती है।',
};
