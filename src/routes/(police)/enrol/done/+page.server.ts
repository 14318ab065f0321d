// After a passkey was made: what was done, and the same passkey begins the shift.
export const load = ({ locals }) => ({ lang: locals.lang });
