// English beside src/words/hi/form.ts: same keys, same truth. “You” is the woman or girl it is about.
import type { form as hi } from '../hi/form.ts';
import type { Same } from '../same.ts';

export const form = {
  progress: (step: number, name: string) => `Step ${step} of 5 · ${name}`,
  steps: { 1: 'You', 2: 'Reaching you', 3: 'Place and station', 4: 'What happened', 5: 'Help, and sending' },
  later: 'I will finish later',
  optional: 'optional',
  screens: {
    danger: { title: 'Are you in danger now?', intro: 'Is someone near, following you, or are you hurt?', note: '' },
    who: {
      title: 'Who is writing this?',
      intro: '',
      note: 'If you write for someone else, “you” from here on means the woman or girl it happened to.',
    },
    reporter: { title: 'About the person writing', intro: 'We ask about her later. Here, tell us about yourself if you wish.', note: '' },
    name: {
      title: 'Your name',
      intro: 'Your name is sealed. Only named officers can see it, and each time they must write why. You will see who looked.',
      note: 'If you do not want to write it now, leave it empty. Tell it before you sign.',
    },
    age: { title: 'Your age', intro: 'Your age or your date of birth: one is enough.', note: '' },
    child: {
      title: 'Is it safe to talk to the adults at home?',
      intro: 'We must ask this when someone was under 18 at the time. If you answer “no”, the caller will not talk to them, and someone else you trust can be with you for your statement.',
      note: 'You can also talk to the child helpline on 1098. It is free.',
    },
    phone: {
      title: 'How do we talk to you?',
      intro: 'A woman will call within 22 hours, only at the times you choose next.',
      note: 'Nobody can tell from our SMS what it is about. If someone else answers, the caller says nothing.',
    },
    contact: {
      title: 'How and when may we reach you?',
      intro: '',
      note: 'If you choose “no contact”, there is no call and no SMS. You then confirm it yourself at the woman help desk of any police station.',
    },
    careful: { title: 'Care on the phone', intro: 'None of this is required. You know your home best.', note: '' },
    language: { title: 'Language and help', intro: '', note: '' },
    address: { title: 'Where do you live now?', intro: 'The district is enough. You can give the full address later. It is sealed.', note: '' },
    station: {
      title: 'Which police station?',
      intro: 'You can report at any station, wherever it happened.',
      note: 'If the person concerned is police at that station, choose “any”. It then goes to a senior officer.',
    },
    what: { title: 'What kind of thing is it?', intro: 'Choose what comes near. The police write the section of law, you need not.', note: '' },
    when: { title: 'When did it happen?', intro: 'As much as you remember. “I do not remember” is an answer too.', note: '' },
    where: { title: 'Where did it happen?', intro: 'Write as much as you remember.', note: '' },
    accused: { title: 'Who did it?', intro: 'If there were several people, add them one by one. It is fine not to know a name.', note: '' },
    person: { title: 'About this person', intro: 'Only what you know. Leave the rest empty.', note: '' },
    account: {
      title: 'What happened, in your words',
      intro: 'Begin where you like. You need not write everything.',
      note: 'It is sealed. Only the officers who have your case read it.',
    },
    earlier: { title: 'Did you complain anywhere before?', intro: '', note: 'An earlier complaint does not weaken yours. Its days are counted on their own.' },
    needs: { title: 'What help do you need now?', intro: 'The woman who calls talks about this first.', note: 'After rape or an acid attack every hospital, public or private, must treat you at once and free.' },
    check: { title: 'Look before you send', intro: 'Nothing has been sent yet. Change what is not right.', note: '' },
  },
  person: {
    add: 'Add another person',
    addFirst: 'Tell us about someone',
    save: 'Add',
    noneYet: 'Nothing written about anyone yet.',
    skip: 'I do not want to say now',
    nth: (n: number) => `Person ${n}`,
    full: '20 people have been added. Tell a woman officer about the others.',
  },
  account: { kept: 'What you wrote so far is saved.', keep: 'Save what is here and stay', idle: 'The page closes after 15 minutes without a press. If you write for long, save now and then:' },
  check: {
    groups: { 1: 'You', 2: 'Contact', 3: 'Place', 4: 'What happened', 5: 'Needed now' },
    sealed: 'Sealed. Only named officers can see it, and each time they must write why.',
    notGiven: 'Not told',
    missing: 'Still to do',
    written: (n: number) => `You have written ${n} characters. They are sealed.`,
    agree: 'I have read this and want to send it.',
    agreeLink: 'What happens to what you tell us',
    agreeMissing: 'To send, tick the box below',
    notice:
      'This is information for now. When you sign within 3 days, it goes on record; you can sign at home too. If it stays unsigned, it is still not erased.',
    send: 'Send',
    twice: 'Pressing twice still makes one application.',
    age: (n: number) => `${n} years`,
    people: (n: number) => (n === 1 ? '1 person' : `${n} people`),
    unsure: 'the day is not certain',
  },
} satisfies Same<typeof hi>;
