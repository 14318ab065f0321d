// What each kind of desk is for, in one phrase; and her earlier complaint, as it stands beside this one.
import type { PostKind } from '#posts';

export const desks = {
  purpose: {
    'callback-desk': 'आपको फोन करके पुष्टि करता है',
    callback: 'आपको फोन करती हैं',
    'help-desk': 'थाने में आवेदन लेता है और हस्ताक्षर कराता है',
    io: 'जांच करते हैं और रिपोर्ट लिखते हैं',
    sho: 'एफआईआर लिखते हैं और थाने की जांच देखते हैं',
    acp: 'थाने के काम और रिपोर्ट पर नजर रखते हैं',
    'adcp-women': 'महिलाओं के मामले देखती हैं और थाना तय करती हैं',
    dcp: 'पूरे जोन के थानों पर नजर रखते हैं',
    cp: 'पूरे शहर की पुलिस के मुखिया',
    sp: 'पूरे जिले की पुलिस के मुखिया',
    state: 'पूरे प्रदेश में निगरानी',
    national: 'पूरे देश में निगरानी',
    vehicle: 'गश्त की गाड़ी',
    'control-room': 'मदद के लिए गाड़ी भेजता है',
    auditor: 'रिकॉर्ड की जांच',
    administrator: 'सिस्टम की देखरेख',
  } satisfies Record<PostKind, string>,
  earlier: {
    title: 'आपकी पहले की शिकायत',
    told: 'जैसा आपने बताया:',
    recorded: 'जैसा रिकॉर्ड में है:',
    number: (number: string, year: string) => (year ? `संख्या ${number}/${year}` : `संख्या ${number}`),
    year: (year: string) => `साल ${year}`,
    on: (day: string) => `तारीख ${day}`,
    officer: (name: string) => `अधिकारी: ${name}`,
    refused: 'तब दर्ज करने से मना किया गया था।',
    age: (days: number) => (days === 0 ? 'यह आज की है।' : `इसे ${days} दिन हो गए, उसकी अपनी तारीख से।`),
    age_unknown: 'तारीख मालूम नहीं, इसलिए दिन नहीं गिने जा सकते।',
    not_joined: 'अभी किसी पुरानी एफआईआर से नहीं जुड़ी।',
  },
};
