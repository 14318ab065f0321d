// To which official addresses the monthly review is announced: set by the administrator, for the posts of the unit that supervise.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { addressesOf, addressForm, setAddress } from '#notify';
import { postName, postsBelow, SUPERVISING } from '#posts';
import { formAction } from '../../../form-action.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  // who is no administrator is told nothing of it, not even that it is there
  if (staff.post_kind !== 'administrator') error(404, { message: 'not-found' });
  const { request_id } = event.locals;
  const seen = await read(
    staff,
    'notify.list-addresses',
    async (r) => ({
      addresses: await addressesOf(r),
      posts: (await postsBelow(r, staff.unit, [...SUPERVISING])).map((post) => ({ id: post.id, name: postName(post) })),
    }),
    { request_id },
  );
  return { ...seen, done: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  default: formAction(addressForm, 'notify.set-address', setAddress, () => '/admin/reviews?done'),
};
