// What each kind of desk is for, in one phrase; and her earlier complaint, as it stands beside this one.
import type { PostKind } from '#posts';

export const desks = {
  purpose: {
    'callback-desk': 'काम: आपको फोन करके पुष्टि करना',
    callback: 'काम: आपको फोन करना',
    'help-desk': 'काम: थाने में आवेदन लेना और हस्ताक्षर कराना',
    io: 'काम: जांच करना और रिपोर्ट लिखना',
    sho: 'काम: एफआईआर लिखना और थाने की जांच देखना',
    acp: 'काम: थाने के काम और रिपोर्ट पर नजर रखना',
    'adcp-women': 'काम: महिलाओं के मामले देखना और थाना तय करना',
    dcp: 'काम: पूरे जोन के थानों पर नजर रखना',
    cp: 'पूरे शहर की पुलिस के मुखिया',
    sp: 'पूरे जिले की पुलिस के मुखिया',
    state: 'पूरे प्रदेश में निगरानी',
    national: 'पूरे देश में निगरानी',
    vehicle: 'गश्त की गाड़ी',
    'control-room': 'काम: मदद के लिए गाड़ी भेजना',
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
    age: (days: number) => (days === 0 ? 'वह आज की है।' : `उस शिकायत को ${days} दिन हो गए।`),
    age_unknown: 'तारीख मालूम नहीं, इसलिए दिन नहीं गिने जा सकते।',
    not_joined: 'अभी किसी पुरानी एफआईआर से नहीं जुड़ी।',
  },
};
