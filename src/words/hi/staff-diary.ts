// What the case diary on the page of a file says. Hindi is the source.

export const staffDiary = {
  voice: {
    what: 'बोलकर भी लिख सकते हैं: आवाज यहीं, इसी फाइल में सीलबंद रहती है। उसे अक्षरों में नहीं बदला जाता, क्योंकि उसके लिए आवाज बाहर भेजनी पड़ती।',
    spoken: 'यह प्रविष्टि आवाज में है।',
    record: 'बोलना शुरू करें',
    stop: 'रोकें',
    drop: 'हटाकर फिर से',
    before: 'अभी बोला हुआ, सुनकर देख लें',
    states: {
      recording: 'आवाज ली जा रही है।',
      recorded: 'सुनकर देख लें। “डायरी में लिखें” से प्रविष्टि के साथ जाएगी।',
      sending: 'आवाज भेजी जा रही है…',
      failed: 'आवाज नहीं जा सकी। फिर से “डायरी में लिखें” दबाएं, या हटाकर लिखें।',
      'no-microphone': 'माइक नहीं खुला। ब्राउजर में माइक की इजाजत दें, या लिखें।',
    },
    of: (entry: number, seconds: number | null) =>
      `प्रविष्टि ${entry} की आवाज${seconds === null ? '' : `, ${seconds} सेकंड`}`,
    exhibit: (n: number) => `सबूत ${n}`,
    seconds: (n: number) => `${n} सेकंड`,
    no_length: 'अवधि फाइल में नहीं लिखी',
    add_to: (entry: number) => `प्रविष्टि ${entry} के साथ आवाज`,
    file_hint: 'फोन या रिकॉर्डर की फाइल: webm, mp3, m4a, amr, 3gp, mp4; 50 एमबी तक।',
    add_file: 'आवाज की फाइल जोड़ें',
  },
  title: 'केस डायरी',
  entry: 'नई प्रविष्टि',
  hint: 'क्रम संख्या और समय अपने-आप लगते हैं। लिखा हुआ बदला नहीं जा सकता; गलती हो तो नई प्रविष्टि लिखें।',
  corrected: (when: string) => `सुधार, ${when}:`,
  add: 'डायरी में लिखें',
  empty: 'डायरी में अभी कुछ नहीं।',
  older: (n: number) => `पहले की ${n} प्रविष्टियां`,
};
