// What was pressed without a network stands on the page as if it were done.
import { expect, test } from 'vitest';
import { asIfDone, type Press } from './presses.ts';

const press = (deed: string, about = 'o1'): Press => ({ id: deed, about, deed, form: {}, at: { watch: 0, wall: 0 } });
const orders = [
  { order: 'o1', state: 'ordered' },
  { order: 'o2', state: 'arrived' },
];

test('each press moves its own order on, in the order in which they were pressed', () => {
  expect(asIfDone(orders, [])).toEqual(orders);
  expect(asIfDone(orders, [press('accept'), press('en-route')])[0]).toEqual({ order: 'o1', state: 'en-route' });
  expect(asIfDone(orders, [press('settled', 'o2')])[1]).toEqual({ order: 'o2', state: 'settled' });
  expect(asIfDone(orders, [press('need-help')])).toEqual(orders);
});

test('what was declined, or is over, is off the page', () => {
  expect(asIfDone(orders, [press('decline')])).toEqual([orders[1]]);
  expect(asIfDone(orders, [press('done', 'o2')])).toEqual([orders[0]]);
});
