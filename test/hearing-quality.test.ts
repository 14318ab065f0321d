// When a hearing falls from picture to voice: the rule that her browser runs, over figures as browsers give them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BAD_IN_A_ROW, look } from '../static/hearing-quality.js';

type Net = { rtt?: number; bits?: number; lost?: number; came?: number };
const rows = ({ rtt = 0.2, bits = 400_000, lost = 0, came = 100 }: Net) => [
  {
    type: 'candidate-pair',
    nominated: true,
    state: 'succeeded',
    currentRoundTripTime: rtt,
    availableOutgoingBitrate: bits,
  },
  { type: 'candidate-pair', nominated: false, state: 'failed', currentRoundTripTime: 9, availableOutgoingBitrate: 1 },
  { type: 'inbound-rtp', kind: 'audio', packetsLost: lost, packetsReceived: came },
  { type: 'inbound-rtp', kind: 'video', packetsLost: 900, packetsReceived: 1 },
];

/** Look after look at a connection whose every two seconds are told: after which one the picture goes, as the page counts it. */
function goesAfter(nets: readonly Net[], camera = true): number | undefined {
  let before: ReturnType<typeof look>['counted'];
  let bad = 0;
  const sum = { lost: 0, came: 0 };
  for (const [n, net] of nets.entries()) {
    sum.lost += net.lost ?? 0;
    sum.came += net.came ?? 100;
    const seen = look(rows({ ...net, ...sum }), { before, camera });
    before = seen.counted;
    bad = seen.bad ? bad + 1 : 0;
    if (bad >= BAD_IN_A_ROW) return n + 1;
  }
  return undefined;
}
const times = (n: number, net: Net): Net[] => Array.from({ length: n }, () => net);

describe('the picture goes', () => {
  test.each([
    ['an answer takes two seconds', { rtt: 2 }, 3],
    ['there is room for 60 kbit a second', { bits: 60_000 }, 3],
    // what is lost is counted from one look to the next: the first tells nothing
    ['one packet in five is lost', { lost: 20, came: 80 }, 4],
  ])('where %s', (_, net, after) => {
    expect(goesAfter(times(10, net))).toBe(after);
  });

  test('for what is lost now, however long all was well before', () => {
    expect(goesAfter([...times(1000, {}), ...times(5, { lost: 20, came: 80 })])).toBe(1003);
  });
});

describe('the picture stays', () => {
  test('where nothing is sent that a narrow line has to carry', () => {
    expect(goesAfter(times(10, { bits: 60_000 }), false)).toBeUndefined();
  });

  test.each([
    ['a good net', {}],
    ['a slow answer that one can still talk by', { rtt: 1.1 }],
    ['a handful of packets lost', { lost: 5, came: 10 }],
    ['one packet in fifty lost', { lost: 20, came: 980 }],
    ['a line of 100 kbit', { bits: 100_000 }],
    // a browser that does not tell its bitrate yet
    ['a line that nobody has measured', { bits: 0 }],
  ])('with %s', (_, net) => {
    expect(goesAfter(times(50, net))).toBeUndefined();
  });
});

// any net at all: what was worse is never judged better, and no look alone decides
const someNet = fc.record({
  rtt: fc.double({ min: 0, max: 5, noNaN: true }),
  bits: fc.integer({ min: 1, max: 2_000_000 }),
  lost: fc.integer({ min: 0, max: 200 }),
  came: fc.integer({ min: 1, max: 200 }),
});
const NO_LOSS = { lost: 0, came: 0 };

test('a net that is worse in every way is never judged better', () => {
  fc.assert(
    fc.property(someNet, someNet, (one, more) => {
      const worse = {
        rtt: one.rtt + more.rtt,
        bits: Math.min(one.bits, more.bits),
        lost: one.lost + more.lost,
        came: Math.min(one.came, more.came),
      };
      const told = { before: NO_LOSS, camera: true };
      return look(rows(worse), told).bad || !look(rows(one), told).bad;
    }),
  );
});

test('however bad a single look is, the picture goes only with the third in a row', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (looks) => {
      const gone = goesAfter(looks.map((bad) => (bad ? { rtt: 3 } : {})));
      const third = looks.findIndex((_, n) => n >= 2 && looks.slice(n - 2, n + 1).every(Boolean));
      return gone === (third < 0 ? undefined : third + 1);
    }),
  );
});
