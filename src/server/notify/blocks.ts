// Many numbers of one block of a thousand in a short time are no chance: what goes to further ones of it waits, whatever money is left.
import { type Act, keys } from '#foundation';
import { istDay, istMidnight } from '#law';
import { BLOCK_MINUTES, BLOCK_TAIL, mayBeWritten } from './rules.ts';
import * as store from './store-blocks.ts';

const HASH_BYTES = 16;

/**
 * Counts a number in its block. As the house, in the act that hands a message over.
 * @param mobile national digits or with a prefix: the last three tell numbers of a block apart
 * @param whatever it answers an alarm: it goes in any case
 * @returns when to come again if the block has had enough; undefined when it may go
 */
export async function throughBlock(h: Act, mobile: string, whatever: boolean): Promise<Temporal.Instant | undefined> {
  const digits = mobile.replace(/\D/g, '').slice(-10);
  const block = keys.mac('sms-block', digits.slice(0, -BLOCK_TAIL)).subarray(0, HASH_BYTES);
  const number = keys.mac('sms-number', digits).subarray(0, HASH_BYTES);
  await store.lockBlock(h, block);
  await store.forgetTries(h, h.now.subtract({ hours: 24 }));
  const others = await store.othersOf(h, block, number, h.now.subtract({ minutes: BLOCK_MINUTES }));
  if (!others.known && !whatever) {
    const no = mayBeWritten(others);
    if (no === 'minutes') return (others.oldest ?? h.now).add({ minutes: BLOCK_MINUTES });
    if (no === 'day') return istMidnight(istDay(h.now).add({ days: 1 }));
  }
  await store.noteTry(h, block, number);
  return undefined;
}
