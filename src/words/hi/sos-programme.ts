// The programme as a whole: switched off and on by two posts, and how every part of it stands.
import type { ServicePart } from '#sos';

export const programme = {
  title: 'मदद की गाड़ियां: महीना और बंद-चालू',
  intro: 'हर जोन का महीना, और यह कि सेवा कब, किस पद ने, क्यों बंद या चालू की।',
  done: 'दर्ज हो गया।',
  choose_month: 'महीना',
  show: 'दिखाएं',
  table: 'तालिका (सीएसवी)',
  no_alarms: 'इस महीने कोई अलार्म नहीं।',
  head: {
    zone: 'जोन',
    alarms: 'अलार्म',
    genuine: 'सच्चे',
    drills: 'अभ्यास: मिली / कुल',
    accepted: 'मानने में: बीच का · दस में नौ',
    there: 'पहुंचने में: बीच का · दस में नौ',
    none: 'किसी ने नहीं माना',
  },
  how: 'समय अलार्म मिलने से गिना है। पहुंचना वही, जो गाड़ी की जगह से या उनकी बात से साबित है। गलती से दबे और रोके गए अलार्म सच्चे में नहीं।',
  changes: 'बंद और चालू',
  two: 'एक पद प्रस्ताव करता है, दूसरे पद का दूसरा अधिकारी मानता है। बंद करने से 7 दिन पहले हर पंजीकृत महिला को सूचना जाती है। सब कुछ “सेवा का हाल” पेज पर सबको दिखता है।',
  never: 'अब तक कभी बंद नहीं हुई।',
  turns: { off: 'बंद', on: 'चालू' },
  states: { proposed: '◆ दूसरे पद की हां बाकी', ahead: '◆ तय, दिन बाकी', 'in-force': 'लागू', withdrawn: 'वापस लिया' },
  from: (day: string) => `${day} से`,
  proposed: (post: string, at: string) => `प्रस्ताव: ${post}, ${at}`,
  agreed: (post: string, at: string) => `माना: ${post}, ${at}`,
  told: (n: number) => (n === 1 ? '1 महिला को सूचना गई' : `${n} महिलाओं को सूचना गई`),
  agree: 'मानें',
  withdraw: 'वापस लें',
  want_off: 'बंद करने का प्रस्ताव',
  want_off_how: 'दूसरे पद के मानने तक कुछ नहीं बदलता। बंद होने पर हर अलार्म सीधे 112 को जाता है।',
  want_on: 'फिर से चालू करने का प्रस्ताव',
  want_on_how: 'दूसरे पद के मानते ही सेवा चालू होती है और हर पंजीकृत महिला को सूचना जाती है।',
  from_day: 'किस दिन से',
  from_day_hint: (day: string) => `कम से कम 7 दिन बाद, जैसे ${day}`,
  reason: 'क्यों',
  reason_hint: 'यह सबको दिखेगा। किसी का नाम न लिखें।',
  send: 'प्रस्ताव भेजें',
};

export const status = {
  title: 'मदद की गाड़ियां और उनका इंतजाम',
  text: 'हर हिस्से का एक जिम्मेदार पद है। कोई हिस्सा रुके, तो एक मिनट में उस पद को और फिर ऊपर के पद को खबर जाती है।',
  running: '✓ चल रहा है',
  starting: '◆ अभी शुरू हुआ, देखा जा रहा है',
  is_starting: 'सेवा अभी-अभी शुरू हुई है, हर हिस्सा देखा जा रहा है',
  is_starting_text: 'कुछ सेकंड में यह पेज फिर खोलें। 112 हमेशा चलता है।',
  off: '◆ बंद किया गया',
  switched: 'बंद और चालू का इतिहास',
  switch_line: (turns: 'off' | 'on', day: string, zone: string) =>
    `${zone}: ${day} से ${turns === 'off' ? 'बंद' : 'चालू'}`,
  switch_posts: (first: string, second: string, n: number) =>
    `${first} ने प्रस्ताव किया, ${second} ने माना; ${n === 1 ? '1 पंजीकृत महिला' : `${n} पंजीकृत महिलाओं`} को सूचना गई`,
  is_off: 'मदद की गाड़ियों की सेवा यहां बंद है। 112 पर फोन करें।',
  never_off: 'अब तक कभी बंद नहीं हुई।',
  missing: { silent: '▲ रुका है', 'too-few': '◆ कम हैं', vacant: '◆ जिम्मेदार पद खाली' } satisfies Record<
    NonNullable<ServicePart['why']>,
    string
  >,
  nothing: '▲ एक भी नहीं',
  empty: (n: number) => (n === 1 ? 'सेवा की एक जगह अभी खाली है' : `सेवा की ${n} जगहें अभी खाली हैं`),
  short: (n: number) => (n === 1 ? 'सेवा चल रही है, एक जगह कमी है' : `सेवा चल रही है, ${n} जगह कमी है`),
  short_text: '112 हमेशा चलता है। पास की गाड़ी न हो, तो अगले जोन से बुलाई जाती है।',
  level: {
    vehicles: (n: number, minimum: number) =>
      `${n === 0 ? 'अभी कोई गाड़ी नहीं' : n === 1 ? '1 गाड़ी' : `${n} गाड़ियां`}; कम से कम ${minimum} चाहिए`,
    people: (n: number, minimum: number) =>
      `${n === 0 ? 'अभी कोई नहीं' : n === 1 ? '1 व्यक्ति' : `${n} लोग`}; कम से कम ${minimum} चाहिए`,
  },
  owner: (post: string) => `जिम्मेदार पद: ${post}`,
  vacant: 'पद अभी खाली है',
  nobody_waits: 'अभी किसी को कॉल नहीं करनी है',
  heard: (seconds: number) =>
    seconds < 90
      ? `${seconds} सेकंड पहले`
      : seconds < 5400
        ? `${Math.round(seconds / 60)} मिनट पहले`
        : `${Math.round(seconds / 3600)} घंटे पहले`,
  never: 'अब तक कोई संकेत नहीं',
  since: (at: string) => `${at} से`,
  told: (posts: string) => `खबर दी गई: ${posts}`,
  cells: 'हर खाना एक दिन है। पूरा खाना: पूरा दिन चला। छोटा खाना: उस दिन रुका या कम रहा।',
  thirty: (percent: string) => `30 दिन में ${percent} समय चला`,
  parts: {
    'alarm-door': 'अलार्म लेना',
    dispatcher: 'गाड़ी चुनना और भेजना',
    'sms-in': 'एसएमएस से अलार्म',
    'sms-out': 'एसएमएस भेजना',
    vehicles: 'पाली में गाड़ियां',
    'control-room': 'नियंत्रण कक्ष में लोग',
    'callback-desk': 'कॉल-बैक डेस्क',
    'deadline-sweep': 'समय-सीमा की जांच',
  } satisfies Record<ServicePart['part'], string>,
  drills: 'हर हफ्ते का अभ्यास',
  drill: (n: number) => (n === 0 ? 'कोई गाड़ी नहीं मिली' : n === 1 ? '1 गाड़ी मिली' : `${n} गाड़ियां मिलीं`),
  drill_sms_in: (ok: boolean | null) => (ok === null ? 'एसएमएस गेटवे नहीं' : ok ? 'एसएमएस आना ✓' : 'एसएमएस आना ✗'),
  drill_sms_out: (ok: boolean) => (ok ? 'एसएमएस जाना ✓' : 'एसएमएस जाना ✗'),
  drill_seen: (seconds: number | null) =>
    seconds === null ? 'नियंत्रण कक्ष ने नहीं देखा' : `नियंत्रण कक्ष ने ${seconds} सेकंड में देखा`,
  drill_asked: (zone: string, at: string) => `अभ्यास: ${zone}, ${at}। कोई नहीं भेजा जाता।`,
  drill_press: 'हमने देख लिया',
  no_drill: 'इस हफ्ते अभी कोई अभ्यास नहीं हुआ।',
  month: 'इस महीने',
  alarms: (n: number) => (n === 1 ? '1 अलार्म' : `${n} अलार्म`),
  accepted: 'मानने में, आधी बार',
  there: 'पहुंचने में, आधी बार',
  nine: (time: string) => `दस में से नौ बार: ${time}`,
  elsewhere: 'जोन के बाहर',
  few: '10 से कम अलार्म; समय नहीं दिखाए जाते, ताकि कोई पहचान में न आए।',
  unknown: 'अभी पता नहीं',
  seconds: (n: number) => (n < 120 ? `${Math.round(n)} सेकंड` : `${Math.round(n / 60)} मिनट`),
  posts: 'यह सेवा किसी एक अधिकारी की नहीं, पदों की है। इसे बंद करने के लिए दो पद, एक तारीख और हर पंजीकृत महिला को सूचना जरूरी है।',
};
