// Lines of sections as police write them, each against what they mean.
import { expect, test } from 'vitest';
import { readCitations } from './law.ts';

const LINES: readonly [line: string, cited: string, unread?: string][] = [
  ['376(2)(n), 506 IPC r/w 5/6 POCSO', 'IPC 376(2)(n), IPC 506, POCSO 6'],
  ['376 IPC', 'IPC 376'],
  ['376/506 IPC', 'IPC 376, IPC 506'],
  ['376/506IPC', 'IPC 376, IPC 506'],
  ['u/s 376D, 506 I.P.C.', 'IPC 376D, IPC 506'],
  ['U/S: 376 D IPC', 'IPC 376D'],
  ['376-DA IPC & 5(g)/6 POCSO Act', 'IPC 376DA, POCSO 6'],
  ['IPC 376, 506; POCSO 6', 'IPC 376, IPC 506, POCSO 6'],
  ['376; 506; IPC', 'IPC 376, IPC 506'],
  ['376 IPC, 506', 'IPC 376, IPC 506'],
  ['IPC 1860 U/s: 376(2)(n),506; POCSO ACT 2012 U/s: 5(L),6', 'IPC 376(2)(n), IPC 506, POCSO 5(l), POCSO 6'],
  ['Protection of Children from Sexual Offences Act, 2012 - 4, 6', 'POCSO 4, POCSO 6'],
  ['354A/B/D IPC', 'IPC 354A, IPC 354B, IPC 354D'],
  ['354-A IPC', 'IPC 354A'],
  ['498A/323/504/506 IPC & 3/4 D.P. Act', 'IPC 498A, IPC 323, IPC 504, IPC 506, DPA 3, DPA 4'],
  ['498(A) IPC', 'IPC 498A'],
  ['64(2)(m), 351(3) BNS', 'BNS 64(2)(m), BNS 351(3)'],
  ['64(2)m B.N.S. 2023', 'BNS 64(2)(m)'],
  ['BNS 2023 - 74/79', 'BNS 74, BNS 79'],
  ['Bharatiya Nyaya Sanhita, 2023 section 64', 'BNS 64'],
  ['65(2) BNS read with 5m/6 POCSO', 'BNS 65(2), POCSO 6'],
  ['5L/6 POCSO', 'POCSO 6'],
  ['7/8 पॉक्सो', 'POCSO 8'],
  ['67/67A IT Act', 'IT 67, IT 67A'],
  ['67 A I.T. Act 2000', 'IT 67A'],
  ['67 IT Act', 'IT 67'],
  ['3(1)(w)(i), 3(2)(v) SC/ST Act', 'SCST 3(1)(w)(i), SCST 3(2)(v)'],
  ['3(2)5A SC/ST (PA) Act', 'SCST ', '3(2)5A'],
  ['धारा 376(2)(n) भादवि', 'IPC 376(2)(n)'],
  ['धारा ३७६ भा०द०वि०', 'IPC 376'],
  ['३७६/५०६ भा.दं.वि. व ३/४ पॉक्सो एक्ट', 'IPC 376, IPC 506, POCSO 4'],
  ['भादवि की धारा 354क, 354ख', 'IPC 354A, IPC 354B'],
  ['धारा 498ए भादवि व 3/4 डीपी एक्ट', 'IPC 498A, DPA 3, DPA 4'],
  ['376(2)(एन) भा0द0वि0 सपठित 5/6 पॉक्सो', 'IPC 376(2)(n), POCSO 6'],
  ['धारा 64(1) बीएनएस एवं धारा 6 पॉक्सो', 'BNS 64(1), POCSO 6'],
  ['धारा 64 भारतीय न्याय संहिता', 'BNS 64'],
  ['लैंगिक अपराधों से बालकों का संरक्षण अधिनियम 2012 धारा 8', 'POCSO 8'],
  ['376, 376, 376 IPC', 'IPC 376'],
  ['POCSO Act', 'POCSO '],
  ['31 DV Act', 'PWDVA 31'],
  ['376 IPC, 25 Arms Act', 'IPC 376, IPC 25', 'Arms Act'],
  ['376, 506', '', '376 | 506'],
  ['147-149 IPC', 'IPC ', '147-149'],
  ['अज्ञात', '', 'अज्ञात'],
  ['', ''],
];

test.each(LINES)('%s', (line, cited, unread = '') => {
  const found = readCitations(line);
  expect(found.cited.map(({ act, section }) => `${act} ${section}`).join(', ')).toBe(cited);
  expect(found.unread.join(' | ')).toBe(unread);
});

test('a line of any length or content is read within moments, and its unread pieces are pieces of it', () => {
  for (const line of ['(((((('.repeat(200), '376 '.repeat(400), 'a/'.repeat(500), '1-'.repeat(500), ' '.repeat(900)])
    expect(readCitations(line).cited.length).toBeLessThan(3);
});
