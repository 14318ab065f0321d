// Houses of other States and the keys on both sides. An administrator lists and ends; a second post, held by another officer, confirms.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import {
  confirmKeyForm,
  confirmPeerKey,
  endOwnKey,
  endPeer,
  endPeerKey,
  exchangeOf,
  makeOwnKey,
  peerForm,
  proposePeer,
} from '#exchange';
import { act, Refusal } from '#foundation';
import { formAction } from '../../../form-action.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = ['make', 'end-own', 'add', 'confirm', 'end-key', 'end-peer'] as const;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { request_id } = event.locals;
  const asked = event.url.searchParams.get('done');
  try {
    const seen = await act(staff, 'exchange.look', exchangeOf, { request_id });
    return { ...seen, done: DONE.find((one) => one === asked) ?? null };
  } catch (refused) {
    // who looks after no peers is told nothing of them, not even that there are any
    if (refused instanceof Refusal && refused.code === 'not-your-power') error(404, { message: 'not-found' });
    throw refused;
  }
};

const back = (done: (typeof DONE)[number]) => () => `/admin/peers?done=${done}`;
const id = z.uuid('not-understood');
const generation = z.coerce.number('not-understood').int().positive();

export const actions: Actions = {
  make: formAction(z.object({}), 'exchange.make-key', (a) => makeOwnKey(a), back('make')),
  'end-own': formAction(
    z.object({ generation }),
    'exchange.end-own-key',
    (a, form) => endOwnKey(a, form.generation),
    back('end-own'),
  ),
  add: formAction(peerForm, 'exchange.propose', (a, form) => proposePeer(a, form), back('add')),
  confirm: formAction(
    confirmKeyForm.extend({ key: id }),
    'exchange.confirm',
    (a, form) => confirmPeerKey(a, form.key, form),
    back('confirm'),
  ),
  'end-key': formAction(
    z.object({ key: id }),
    'exchange.end-key',
    (a, form) => endPeerKey(a, form.key),
    back('end-key'),
  ),
  'end-peer': formAction(
    z.object({ peer: id }),
    'exchange.end-peer',
    (a, form) => endPeer(a, form.peer),
    back('end-peer'),
  ),
};
