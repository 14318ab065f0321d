// The door of rapid response: an alarm, several vehicles at once, and nobody left waiting without a visible reason.
import { act, type Connection, house, read } from '#foundation';
import { chase } from './timers.ts';
import { startDispatcher } from './dispatcher.ts';
import { forgetClock } from './fixes.ts';
import { forgetFleet as forgetGrid } from './fleet.ts';
import { forgetLoads } from './flood.ts';
import { isDue } from './store.ts';
import { ebb, ebbs } from './vouched.ts';

export { addFixes, myLatest, readMine, say } from './alarms.ts';
export { cancel, stopSent } from './cancelling.ts';
export {
  doorAnswered,
  hearSmsGateway,
  monthlyReport,
  outagesHere,
  type Service,
  type ServicePart,
  serviceStatus,
  sitsThere,
  tendDoor,
} from './health.ts';
export type { HerAlert, HerUnit } from './her-view.ts';
export { type Raised, raise, raiseBySms } from './raising.ts';
export {
  type AlertStory,
  board,
  type BoardAlert,
  type BoardUnit,
  type BoardVehicle,
  seesAlert,
  seesBoard,
  storyOf,
} from './board.ts';
export { callHer, CONTROL_DEEDS, type ControlDeed, decide } from './control.ts';
export { complain } from './complaint.ts';
export { drillsAsked, seeDrill } from './drills.ts';
export { isOwner as ownsFleet, standAside, stopDispatcher } from './dispatcher.ts';
export { takeFixes } from './fixes.ts';
export {
  alertForm,
  cancelForm,
  complainForm,
  confirmForm,
  controlForm,
  type CrewForm,
  crewForm,
  deedForm,
  deedName,
  fixesForm,
  herFixesForm,
  programmeForm,
  registerForm,
  safeForm,
  shiftForm,
  smsForm,
  soundForm,
  stopForm,
} from './forms.ts';
export { partCallForm, partForm, wantForm } from './forms-settings.ts';
export { jobs, watch } from './jobs.ts';
export { beginShift, endShift, myOrders, myShift, type Order, press, type ShiftFacts } from './orders.ts';
export { pressedAgo } from './late-press.ts';
export { boundariesOf } from './place.ts';
export { plainFixes } from './plain-fixes.ts';
export {
  agreeSwitch,
  type ProgrammeChange,
  programmeChanges,
  proposeSwitch,
  switchesProgramme,
  withdrawSwitch,
} from './programme.ts';
export { openRouter } from './router.ts';
export { crewKey, openFromCrew } from './sealed-by-crew.ts';
export {
  decidePart,
  decidesService,
  decideWant,
  type HeldBy,
  type ServiceChange,
  type ServiceHeld,
  serviceSettings,
  type ServiceWant,
} from './settings.ts';
export { BOUNDS as SERVICE_BOUNDS } from './settings-rules.ts';
export { KINDS as ALARM_KINDS } from './rules.ts';
export { PARTS as SERVICE_PARTS } from './store-watch.ts';
export { addSound, agreesToSound, agreeToSound, listen } from './sound.ts';
export { groundOf, openTiles, seesMap, tileAt } from './tiles.ts';
export { confirm, register } from './registrations.ts';
export {
  ALERT_STATES,
  type AlertState,
  type OrderState,
  CREW_DEEDS,
  DECLINE_REASONS,
  ORDER_STATES,
  OUTCOMES,
  readSms,
} from './rules.ts';

/** Forgets what is known in memory of vehicles and of the hour: another database is opened. */
export function forgetFleet(): void {
  forgetGrid();
  forgetLoads();
  forgetClock();
}

/** Begins to contend for the fleet; whoever owns it looks four times a second for what has run out. */
export const openDispatcher = (to: Connection): Promise<void> =>
  startDispatcher(to, async () => {
    // most looks find nothing, and leave no row in the ledger
    while (await read(house(), 'sos.look', isDue)) if (!(await act(house(), 'sos.chase', chase))) break;
    if (await read(house(), 'sos.look', ebbs)) await act(house(), 'sos.ebb', ebb);
  });
