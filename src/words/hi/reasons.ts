// Why not: one sentence for each refusal code, for her and for officers alike. Keys sorted.
export const reasons = {
  'draft-not-found': 'यह कोड नहीं मिला। अंक फिर से देखें; अधूरा आवेदन 7 दिन बाद मिट जाता है।',
  'form-changed': 'यह आवेदन पहले ही भेजा जा चुका है।',
  invalid: 'कुछ बातें ठीक करनी हैं।',
  'not-found': 'यह नहीं मिला।',
  'receipt-not-found': 'यह कोड नहीं मिला। अंक फिर से देखें।',
  'session-over': 'पढ़ना बंद हो गया। फिर से खोलें।',
  'too-many': 'थोड़ी देर रुककर फिर कोशिश करें।',
  'track-code-wrong': 'संख्या, मोबाइल और कोड मेल नहीं खाए। फिर से देखें, या नया कोड मंगाएं।',
};
