// Why not, of summonses and of the end of a case: one sentence for each refusal code. Keys sorted.
export const reasonsOfTheEnd = {
  'already-said': 'इस चरण पर आप अपनी राय दे चुकी हैं।',
  'answer-one': 'कम से कम एक सवाल का जवाब चुनें।',
  'choose-who': 'चुनें कि किसका खोया है।',
  'confirm-yourself': 'पहले दिखाएं कि पाली पर आप ही हैं: बटन दबाने से पहले पासकी।',
  'needs-closure': 'यह सूचना सिर्फ मामला बंद करने की रिपोर्ट पर निकलती है।',
  'no-such-summon': 'ऐसा कोई बुलावा खुला नहीं है।',
  'not-on-record-yet': 'अभी मामला दर्ज नहीं हुआ। उसके बाद आप राय दे सकती हैं।',
  'nothing-to-object': 'अदालत में ऐसी कोई रिपोर्ट नहीं है जो मामला बंद करे; अभी आपत्ति की जरूरत नहीं।',
  'objection-open': 'आपकी आपत्ति ऊपर के अधिकारी के पास है। उसका जवाब आने पर आप फिर लिख सकती हैं।',
  'say-if-she-agreed': 'लिखें कि वह आने को राजी हैं या नहीं।',
  'say-what-for': 'साफ लिखें कि उन्हें किसलिए आना है।',
  'say-why-not-at-home': 'चुनें कि यह घर पर या ऑनलाइन क्यों नहीं हो सकता।',
  'summon-over': 'यह बुलावा पूरा हो चुका है; अब जवाब की जरूरत नहीं।',
};
