// What the list of messages that could not go says.

/** Words of the page of dead letters. */
export const staffDead = {
  title: 'न जा सके संदेश',
  intro: 'ये संदेश नहीं जा सके, या पहुंचे नहीं। किसका संदेश था, यह यहां नहीं दिखता। नंबर और लिखी बात सीलबंद रहती है।',
  empty: 'अभी कोई संदेश अटका नहीं है।',
  done: 'लिख लिया गया।',
  waiting: (span: string) => `${span} से अटका है`,
  made: (when: string) => `${when} को बना`,
  tries: (n: number) => (n === 1 ? '1 कोशिश' : `${n} कोशिशें`),
  channels: { sms: 'एसएमएस', email: 'ईमेल' },
  templates: {
    'call-code': 'कॉल-बैक का कोड',
    'track-code': 'आवेदन खोलने का कोड',
    update: 'नई जानकारी की सूचना',
    appointment: 'तय समय की सूचना',
  },
  reasons: {
    'not-connected': 'गेटवे से संपर्क नहीं हुआ',
    throttled: 'गेटवे ने कहा: अभी बहुत संदेश हैं',
    'sign-in-refused': 'गेटवे ने हमारी पहचान नहीं मानी',
    'no-answer': 'गेटवे ने जवाब नहीं दिया; पता नहीं, संदेश गया या नहीं',
    'link-lost': 'भेजते समय संपर्क टूटा; पता नहीं, संदेश गया या नहीं',
    partly: 'संदेश का सिर्फ एक हिस्सा गया',
    'stopped-midway': 'भेजते समय सिस्टम रुका; पता नहीं, संदेश गया या नहीं',
    refused: 'गेटवे ने संदेश लेने से मना किया (नंबर या टेम्पलेट)',
    undelivered: 'नेटवर्क ने लिया, पर फोन तक नहीं पहुंचा',
    'too-late': 'समय निकल गया; अब भेजने का मतलब नहीं',
  },
  again: 'फिर से भेजें',
  again_hint: 'नया संदेश बनेगा और उनके सुरक्षित समय में जाएगा। अगर पहला भी पहुंचा हो, तो उन्हें दो मिलेंगे।',
  give_up: 'छोड़ दें',
  give_up_why: 'क्यों छोड़ रहे हैं',
  give_up_reasons: {
    'number-wrong': 'नंबर या पता गलत है',
    'reached-otherwise': 'उन तक बात दूसरे तरीके से पहुंच गई',
    'no-use-any-more': 'अब इसका काम नहीं',
  },
};
