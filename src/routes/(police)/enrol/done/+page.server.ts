// After a passkey was made: what was done, and the same passkey begins the shift.
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ lang: locals.lang });
