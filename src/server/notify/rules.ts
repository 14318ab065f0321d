// Whether a message fits, and whether it may go at all. Asks nothing.

/** How many units the network counts in a text: Hindi goes as UCS-2. One segment holds 70, or 160 of the basic alphabet. */
export function fitsOneSms(text: string): boolean {
  const basic = /^[A-Za-z0-9 @£$¥\n\r.,:;!?'"()+\-/*=<>%&#]*$/.test(text);
  return text.length <= (basic ? 160 : 70);
}

/**
 * Why a message is held back for good. "Never in a way she has not marked safe": without contact nothing goes at all; what she did
 * not ask for goes only where she chose SMS.
 * @param modes how she may be contacted
 * @param at_once whether she asked for it herself
 */
export function isWithheld(modes: readonly string[], at_once: boolean): boolean {
  return modes.includes('no_contact') || (!at_once && !modes.includes('sms'));
}
