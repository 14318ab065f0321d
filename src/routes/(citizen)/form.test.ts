import { expect, test } from 'vitest';
import { complaintForm, vocabulary } from '#intake';
import { words } from '#words';
import { type Answers, emptyPage, latinDigits, readAnswers, tidy } from './answers.ts';
import { optionsOf, problemsOf } from './checks.ts';
import { compose } from './compose.ts';
import { typedDate, typedTime } from './days.ts';
import { mayBeChild, screenAfter, screenBefore, screensFor } from './journey.ts';
import { findPlace, type Places } from './places.ts';
import { screenView } from './screen-view.ts';
import { type FieldName, SCREENS, type ScreenId, screenOf } from './screens.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const places: Places = {
  districts: [
    { path: 'in.up.kanpur_nagar', hi: 'कानपुर नगर', en: 'Kanpur Nagar' },
    { path: 'in.up.kanpur_dehat', hi: 'कानपुर देहात', en: 'Kanpur Dehat' },
  ],
  stations: [
    { path: 'in.up.kanpur_nagar.west.circle_1.kalyanpur', hi: 'थाना कल्याणपुर', en: 'Kalyanpur police station' },
  ],
};
const known = { today, places, spoken: 0 };
const asha: Answers = {
  danger_now: 'no',
  relation: 'self',
  woman_or_girl: ['yes'],
  name: 'आशा नमूना',
  age: '२४',
  mobile: '+91 ९०००० ०००१२',
  seen_by: 'shared',
  modes: ['call', 'sms'],
  windows: ['noon'],
  languages: ['hi'],
  district: 'kanpur nagar',
  station_choice: 'choose',
  station: 'कल्याणपुर',
  happened: ['stalking'],
  precision: 'month',
  when_from_d: '',
  when_from_m: '9',
  when_from_y: '2026',
  place_type: 'public',
  place: 'बस अड्डे के पास',
  account_choice: 'defer',
  earlier_made: 'no',
  needs: ['protection'],
  agreed: ['yes'],
};
const codes = (id: ScreenId, answers: Answers) =>
  problemsOf(screenOf(id), answers, known).map(({ field, code }) => `${field}:${code}`);
const pageOf = (answers: Answers) => ({ ...emptyPage(), answers });

test('a complete form has nothing to put right and is the complaint the intake room takes', () => {
  expect(screensFor(asha, today).flatMap((screen) => problemsOf(screen, asha, known))).toEqual([]);
  const page = {
    ...pageOf(asha),
    people: [{ known: 'yes', accused_relation: 'neighbour', accused_flags: ['is_police'] }],
  };
  const about = { form_id: '019a0000-0000-7000-8000-000000000001', language: 'hi', notice_version: 'test' } as const;
  const form = complaintForm.parse(compose(page, about, places));
  expect(form).toMatchObject({
    mobile: '+919000000012',
    mobile_shared: true,
    phone_watched: false,
    affected: { age: 24, name: 'आशा नमूना' },
    address_now: { district: 'in.up.kanpur_nagar' },
    station: 'in.up.kanpur_nagar.west.circle_1.kalyanpur',
    when: { from: '2026-09', precision: 'month' },
    safe_contact: { windows: [{ from: '11:00', to: '16:00' }], voicemail: false },
    account: { defer: true },
    accused: [{ known: true, relation: 'neighbour', is_police: true }],
    needs: { danger_now: false, protection: true },
  });
});

test('an empty screen asks for what it needs and for nothing else', () => {
  expect(codes('who', {})).toEqual(['relation:missing', 'woman_or_girl:missing']);
  expect(codes('name', {})).toEqual([]);
  expect(codes('age', {})).toEqual(['age:missing']);
  expect(codes('careful', {})).toEqual([]);
  expect(codes('needs', {})).toEqual([]);
  expect(codes('contact', {})).toEqual(['modes:missing', 'windows:missing']);
  expect(codes('contact', { modes: ['no_contact'] })).toEqual([]);
});

test.each([
  ['mobile', 'phone', { mobile: '90000 0000', seen_by: 'nobody' }, 'mobile-digits'],
  ['mobile', 'phone', { mobile: '5000000000', seen_by: 'nobody' }, 'mobile-start'],
  ['age', 'age', { age: '130' }, 'age-range'],
  ['age', 'age', { age: 'बीस' }, 'age-range'],
  ['born_on', 'age', { born_on_d: '31', born_on_m: '2', born_on_y: '2002' }, 'date-unreal'],
  ['born_on', 'age', { born_on_y: '2002' }, 'date-parts'],
  ['born_on', 'age', { born_on_d: '24', born_on_m: '11', born_on_y: '2026' }, 'date-future'],
  ['modes', 'contact', { modes: ['call', 'no_contact'] }, 'contact-either'],
  ['window_to', 'contact', { modes: ['call'], window_from: '17', window_to: '10:30' }, 'time-order'],
  ['code_word', 'careful', { code_word: 'अब' }, 'too-short'],
  ['email', 'language', { languages: ['hi'], email: 'asha' }, 'email-shape'],
  ['email', 'language', { languages: ['hi'], modes: ['call', 'email'] }, 'missing'],
  ['district', 'address', { district: 'kanpur' }, 'district-unknown'],
  ['pin', 'address', { district: 'Kanpur Nagar', pin: '०२०८०१' }, 'pin-shape'],
  ['station', 'station', { station_choice: 'choose' }, 'missing'],
  ['station', 'station', { station_choice: 'choose', station: 'कहीं' }, 'station-unknown'],
  ['when_from', 'when', { precision: 'day', when_from_m: '9', when_from_y: '2026' }, 'date-parts'],
  ['when_from', 'when', { precision: 'month', when_from_y: '2026' }, 'month-needed'],
  ['when_from', 'when', { precision: 'year', when_from_m: '9' }, 'year-needed'],
  ['when_to', 'when', { precision: 'year', when_from_y: '2026', when_to_y: '2025' }, 'date-order'],
  ['url', 'where', { place_type: 'online', place: 'फोन पर' }, 'missing'],
  ['account', 'account', { account_choice: 'write' }, 'missing'],
  ['earlier_year', 'earlier', { earlier_made: 'yes', earlier_number: '12' }, 'missing'],
  ['earlier_number', 'earlier', { earlier_made: 'yes', earlier_number: '12/3', earlier_year: '2026' }, 'number-shape'],
  ['earlier_number', 'earlier', { earlier_made: 'yes', earlier_number: '१२-३', earlier_year: '2026' }, 'number-shape'],
  ['earlier_number', 'earlier', { earlier_made: 'yes', earlier_number: '12no', earlier_year: '2026' }, 'number-shape'],
  ['danger_now', 'danger', { danger_now: 'perhaps' }, 'not-an-answer'],
] as const)('%s on the screen %s: %o says %s', (field, screen, answers, code) => {
  expect(codes(screen, answers as unknown as Answers)).toEqual([`${field}:${code}`]);
});

test('“I do not remember” needs no date, a month is enough for a month, and digits of any Indian script count', () => {
  expect(codes('when', { precision: 'unknown' })).toEqual([]);
  expect(codes('when', { precision: 'month', when_from_m: '०९', when_from_y: '२०२६' })).toEqual([]);
  expect(latinDigits('१२ ৩৪ 56')).toBe('12 34 56');
  expect(typedTime('१०.३०')).toBe('10:30');
  expect(typedTime('25:00')).toBeUndefined();
});

test('a number of an earlier complaint may be written in any Indian digits, with spaces', () => {
  const typed = { ...asha, earlier_made: 'yes', earlier_number: '१ २३', earlier_year: '2026' };
  expect(codes('earlier', typed)).toEqual([]);
  const about = { form_id: '019a0000-0000-7000-8000-000000000001', language: 'hi', notice_version: 'test' } as const;
  expect(complaintForm.parse(compose(pageOf(typed), about, places)).earlier?.number).toBe('123');
});

test('a date that is partly known means its first and last day', () => {
  const typed = typedDate({ when_from_d: '', when_from_m: '2', when_from_y: '2024' }, 'when_from');
  expect(typed.state === 'typed' && [typed.from.toString(), typed.to.toString()]).toEqual(['2024-02-01', '2024-02-29']);
});

test('what is typed is kept as typed but for control characters and marks that turn the reading direction', () => {
  const sent = new FormData();
  sent.set('name', ' आशा\u202e\u0000 क्\u200dष ');
  expect(readAnswers(screenOf('name'), sent).name).toBe('आशा क्\u200dष');
  expect(tidy('a\r\nb')).toBe('a\nb');
});

test('a place is found in either script, with or without “district” or “station”, and never guessed', () => {
  expect(findPlace(places.districts, 'जिला कानपुर नगर')?.path).toBe('in.up.kanpur_nagar');
  expect(findPlace(places.stations, 'KALYANPUR thana')?.path).toBe('in.up.kanpur_nagar.west.circle_1.kalyanpur');
  expect(findPlace(places.districts, 'kanpur')).toBeUndefined();
  expect(findPlace(places.districts, '')).toBeUndefined();
});

test('a girl under 18 is asked about her guardians, as soon as her age shows it', () => {
  const girl = { ...asha, age: '16' };
  expect(screenAfter('age', pageOf(girl), known)).toBe('child');
  expect(screenAfter('age', pageOf(asha), known)).toBe('phone');
  expect(screensFor(girl, today).find(({ id }) => id === 'child')?.step).toBe(1);
});

test('a woman who was under 18 on the first day is asked after she has said when', () => {
  const then = { ...asha, age: '20', when_from_y: '2022' };
  expect(mayBeChild(then, today)).toBe(true);
  expect(screenAfter('age', pageOf(then), known)).toBe('phone');
  expect(screenAfter('when', pageOf(then), known)).toBe('child');
  expect(screenBefore('where', pageOf(then), today)).toBe('child');
});

test('who writes for another is asked about herself; nobody else is', () => {
  expect(screenAfter('who', pageOf({ ...asha, relation: 'relative' }), known)).toBe('reporter');
  expect(screenAfter('who', pageOf(asha), known)).toBe('name');
});

test('after the last page has been seen, a change leads back to it, or to what the change has opened', () => {
  const checked = { ...pageOf(asha), checked: true };
  expect(screenAfter('mobile' as ScreenId, checked, known)).toBe('check');
  expect(screenAfter('age', { ...checked, answers: { ...asha, age: '16' } }, known)).toBe('child');
});

test('every answer offered is one that the intake room knows', () => {
  const lists: Partial<Record<FieldName, readonly string[]>> = {
    relation: vocabulary.RELATIONS,
    guardian_relation: vocabulary.GUARDIAN_RELATIONS,
    guardian_safe: vocabulary.GUARDIAN_SAFE,
    modes: [...vocabulary.MODES, 'unsure'],
    decoy_subject: vocabulary.DECOY_SUBJECTS,
    languages: vocabulary.LANGUAGES,
    access: vocabulary.ACCESS_NEEDS,
    happened: vocabulary.CATEGORIES,
    precision: vocabulary.PRECISIONS,
    place_type: vocabulary.PLACE_TYPES,
    accused_relation: vocabulary.ACCUSED_RELATIONS,
  };
  for (const [name, list] of Object.entries(lists)) {
    expect(
      optionsOf(name as FieldName).filter((option) => !list.includes(option)),
      name,
    ).toEqual([]);
  }
  expect(optionsOf('happened')).toEqual([...vocabulary.CATEGORIES]);
});

/** Her number, without which nobody can call; the declaration whom the service is for; her agreement. */
const NEEDED: readonly FieldName[] = ['mobile', 'woman_or_girl', 'agreed'];
const SKIPS = ['unsure', 'unknown', 'any', 'other', 'defer', 'no_contact'];

test('every question that must be answered has an answer for whoever does not know or does not want to', () => {
  const must = SCREENS.flatMap(({ id, fields }) =>
    fields.filter(({ name, required }) => required || codes(id, {}).includes(`${name}:missing`)),
  );
  expect(must.length).toBeGreaterThan(15);
  for (const { name } of must.filter((field) => !NEEDED.includes(field.name))) {
    const options = optionsOf(name);
    if (options.length) {
      expect(options.filter((option) => SKIPS.includes(option)).length, name).toBeGreaterThan(0);
      continue;
    }
    expect(words('hi').fields[name].hint, name).toMatch(/(पता|पक्का|पक्की) न हो/);
    expect(words('en').fields[name].hint, name).toMatch(/not (sure|know)/);
  }
});

test('“not sure” is an answer that the intake room can do something with', () => {
  const unsure = {
    ...asha,
    danger_now: 'unsure',
    modes: ['unsure', 'sms'],
    windows: ['unsure'],
    earlier_made: 'unsure',
  };
  expect(screensFor(unsure, today).flatMap((screen) => problemsOf(screen, unsure, known))).toEqual([]);
  const about = { form_id: '019a0000-0000-7000-8000-000000000001', language: 'hi', notice_version: 'test' } as const;
  const form = complaintForm.parse(compose(pageOf(unsure), about, places));
  // not sure of danger counts as danger; not sure how to be reached is one call at midday, never a message she did not choose
  expect(form.needs.danger_now).toBe(true);
  expect(form.safe_contact).toMatchObject({ modes: ['call', 'sms'], windows: [{ from: '11:00', to: '16:00' }] });
  expect(
    complaintForm.parse(compose(pageOf({ ...unsure, modes: ['unsure'] }), about, places)).safe_contact.modes,
  ).toEqual(['call']);
  expect(form.earlier).toBeUndefined();
  expect(codes('contact', { modes: ['unsure', 'no_contact'], windows: ['any'] })).toEqual(['modes:contact-either']);
});

test('where something is to be written, an example stands beside it', () => {
  // names are no matter of examples, and digits have their count
  const written = SCREENS.flatMap(({ fields }) => fields).filter(
    ({ name, kind }) => ['text', 'long', 'list'].includes(kind) && !/name$|^email$/.test(name),
  );
  expect(written.length).toBeGreaterThan(10);
  for (const { name } of written) {
    expect(words('hi').fields[name].hint, name).toContain('जैसे');
    expect(words('en').fields[name].hint, name).toMatch(/for example/i);
  }
});

test('who writes for another is told on every screen whom “you” means, but where she herself is asked', () => {
  const friend = { ...asha, relation: 'friend' };
  const shown = screensFor(friend, today).filter(({ id }) => screenView('hi', id, pageOf(friend), known).another);
  expect(
    screensFor(friend, today)
      .filter((screen) => !shown.includes(screen))
      .map(({ id }) => id),
  ).toEqual(['who', 'reporter']);
  expect(screensFor(asha, today).some(({ id }) => screenView('hi', id, pageOf(asha), known).another)).toBe(false);
});

test('every field that must be answered says in both languages what is missing', () => {
  for (const { fields } of SCREENS)
    for (const { name, required } of fields)
      if (required)
        for (const lang of ['hi', 'en'] as const) expect(words(lang).fields[name].missing, name).not.toBe('');
});

test('no heading of the form names an offence', () => {
  const named = /बलात्कार|दुष्कर्म|छेड़|rape|assault|molest|harass|sexual/i;
  for (const lang of ['hi', 'en'] as const)
    for (const screen of Object.values(words(lang).form.screens)) expect(screen.title).not.toMatch(named);
});
