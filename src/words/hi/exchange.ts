// Between States: peers and keys for administrators, where a file went and came from for its desk and for her. Hindi is the source.
export const exchange = {
  title: 'दूसरे राज्य',
  intro:
    'जिन राज्यों के सिस्टम से जीरो एफआईआर आती-जाती है। कोई कुंजी तभी मानी जाती है जब दूसरा पद उसकी पहचान-संख्या फोन पर मिलाकर हां करे।',
  own: {
    title: 'इस राज्य की कुंजियां',
    none: 'अभी कोई कुंजी नहीं बनी।',
    generation: (n: string) => `कुंजी ${n}`,
    fingerprint: 'पहचान-संख्या, फोन पर पढ़कर सुनाएं',
    text: 'दूसरे राज्य के प्रशासक को भेजें',
    made: (when: string) => `${when} को बनी`,
    ended: (when: string) => `${when} को बंद`,
    make: 'अगली कुंजी बनाएं',
    make_hint: 'पुरानी कुंजी तब तक चलती है जब तक उसे बंद न करें। पहले सभी राज्यों में नई कुंजी पक्की कराएं।',
    end: 'यह कुंजी बंद करें',
  },
  peers: {
    title: 'राज्य',
    none: 'अभी कोई राज्य दर्ज नहीं है।',
    stations: (n: string) => `${n} थाने`,
    listed: (when: string) => `थानों की सूची ${when} को आई`,
    not_listed: 'थानों की सूची अभी नहीं आई',
    trouble: (code: string) => `⚠ सूची नहीं आई: ${code}`,
    waiting: (n: string, since: string) => `⚠ ${n} पार्सल रसीद के इंतजार में, सबसे पुराना ${since} से`,
    ended: (when: string) => `${when} को बंद`,
    end: 'इस राज्य को बंद करें',
  },
  keys: {
    proposed: 'दूसरे पद की हां बाकी',
    confirmed: (when: string) => `${when} को पक्की`,
    ended: (when: string) => `${when} को बंद`,
    own: 'आपने दर्ज की है; दूसरे पद के अधिकारी पक्की करेंगे।',
    typed: 'फोन पर सुनी पहचान-संख्या',
    typed_hint: 'दूसरे राज्य के प्रशासक को उनके दफ्तर के नंबर पर फोन करें और 30 अंक सुनकर लिखें।',
    confirm: 'पक्की करें',
    end: 'यह कुंजी बंद करें',
  },
  add: {
    title: 'राज्य या उसकी नई कुंजी दर्ज करें',
    key: 'उनकी कुंजी की पंक्ति',
    key_hint: 'दूसरे राज्य के प्रशासक ने जो पंक्ति भेजी है, पूरी की पूरी।',
    address: 'उनके सिस्टम का पता',
    save: 'दर्ज करें',
  },
  done: {
    make: 'नई कुंजी बन गई।',
    'end-own': 'कुंजी बंद हुई।',
    add: 'दर्ज हुई। अब दूसरा पद पक्की करे।',
    confirm: 'कुंजी पक्की हुई।',
    'end-key': 'कुंजी बंद हुई।',
    'end-peer': 'राज्य बंद हुआ।',
  },
  file: {
    title: 'दूसरे राज्य को',
    asked: (station: string, state: string, when: string) =>
      `${when} को ${station}, ${state} को भेजी; उनकी रसीद का इंतजार है। तब तक डॉक्टर और डायरी का काम यहीं होगा।`,
    received: (station: string, state: string, when: string, number: string) =>
      `${station}, ${state} ने ${when} को ली। वहां आवेदन संख्या ${number}।`,
    refused: (state: string, why: string) => `${state} का सिस्टम इसे नहीं ले सका (${why})। सही थाना चुनकर फिर भेजें।`,
    news: (office: string, unit: string, state: string, when: string) =>
      `अभी ${office}, ${unit} के पास: ${state} (${when} की खबर)`,
    fir: (number: string) => `वहां एफआईआर ${number}`,
    what_not: 'कागज और फाइलें साथ जाती हैं। मालखाने की चीजें, आवाज के नोट, संदेश और अदालत का सीलबंद हिस्सा नहीं जाते।',
  },
  arrival: {
    title: 'दूसरे राज्य से आई',
    from: (station: string, state: string, number: string) => `${station}, ${state} से; वहां आवेदन संख्या ${number}`,
    came: (handed: string, came: string) => `${handed} को भेजी गई, ${came} को यहां आई। समय वहीं से गिना जाता है।`,
    desks: 'वहां कहां रही',
    steps: 'वहां क्या-क्या हुआ',
    diary: 'वहां की डायरी',
  },
  track: {
    asked: (state: string, station: string) =>
      `आपका मामला ${station}, ${state} का है। वहां भेजा गया है, उनकी रसीद आनी बाकी है।`,
    received: (state: string, station: string, when: string, number: string) =>
      `आपका मामला ${station}, ${state} को दिया गया। उन्होंने ${when} को लिया। वहां आपकी आवेदन संख्या ${number} है; वहां के पेज पर यही संख्या और अपना मोबाइल नंबर लिखें।`,
    news: (office: string, unit: string, when: string) => `${when} तक: ${office}, ${unit} के पास`,
    fir: (number: string) => `वहां एफआईआर ${number}`,
    goes_on: (state: string) => `आपका मामला बंद नहीं हुआ है। आगे का काम ${state} पुलिस करेगी।`,
    there: (when: string) => `${when} से वहां`,
    clock: 'आपके दिन शुरू से ही गिने जा रहे हैं; वहां दोबारा शुरू नहीं हुए।',
    from: (state: string, station: string, when: string) =>
      `यह मामला ${station}, ${state} से ${when} को आया। दिन वहीं से गिने जाते हैं।`,
  },
};
