import { hi } from '#probe';
export const load = () => ({ hi: hi() });
