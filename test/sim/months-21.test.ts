// Months under seeds of their own: whatever breaks, and whoever dallies, what must hold holds.
import { playMonths } from './months.ts';

playMonths(21);
