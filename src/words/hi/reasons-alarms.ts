// Why not, of alarms and the programme: one sentence for each refusal code. Keys sorted.
export const reasonsOfAlarms = {
  'lead-reports': 'रिपोर्ट मुखिया गाड़ी देती है।',
  'match-code-wrong': 'मिलान अंक सही नहीं है। उनके फोन पर देखें।',
  'needs-crew-report': 'मुखिया गाड़ी की रिपोर्ट अभी नहीं आई।',
  'needs-her-yes': 'उनकी “हां” चाहिए, या अधिकारी का फैसला कारण के साथ।',
  'pins-alike': 'दोनों पिन अलग-अलग रखें।',
  'point-outside': 'यह जगह भारत के नक्शे पर नहीं है।',
  'sos-pin-shape': 'पिन में 4 से 6 अंक होते हैं।',
  'sound-full': 'इस अलार्म की और आवाज नहीं ली जा सकती।',
  'sound-not-agreed': 'आवाज चालू नहीं की गई है।',
  'sound-over': 'अलार्म पूरा हो चुका है।',
  'sound-too-large': 'आवाज का यह टुकड़ा बहुत बड़ा है।',
  'vehicle-not-free': 'यह गाड़ी अभी खाली नहीं है।',
};
