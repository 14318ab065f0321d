// What notify does later: each message in an act of its own.
import { act, house, type Jobs } from '#foundation';
import { type Gateway, gatewayFrom } from './gateway.ts';
import { sendMessage } from './notify.ts';

let gateway: Gateway | undefined;

export const jobs = {
  /** Sends a message; a try that failed is committed as a try, and then told to the queue, which comes again. */
  'notify.send': async ({ message }: Jobs['notify.send']): Promise<void> => {
    gateway ??= gatewayFrom(process.env);
    const way = gateway;
    const outcome = await act(house(), 'notify.send', (h) => sendMessage(h, message, way));
    if (outcome === 'failed-try') throw new Error('the gateway did not take the message');
  },
};
