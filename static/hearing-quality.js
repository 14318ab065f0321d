// When a connection is too poor for a picture: said by the figures that a browser gives of it. Nothing here touches a page.

/** So many bad looks in a row, and the picture goes; one bad look is only a lorry passing by. */
export const BAD_IN_A_ROW = 3;
/** An answer that takes longer than this, in seconds, is no talk any more. */
const SLOWEST = 1.2;
/** Below so many bits a second a picture leaves no room for the voice. */
const LEAST_BITS = 90_000;
/** From one packet of voice in twelve lost … */
const MOST_LOST = 0.08;
/** … but not for a handful: so many are lost on any phone. */
const HANDFUL = 5;

/**
 * A row of the figures, as far as it is looked at.
 * @typedef {{ type: string, kind?: string, nominated?: boolean, state?: string, currentRoundTripTime?: number,
 *   availableOutgoingBitrate?: number, packetsLost?: number, packetsReceived?: number }} Row
 * What was counted at a look.
 * @typedef {{ lost: number, came: number }} Counted
 */

/**
 * One look at the figures of one connection.
 * @param {readonly Row[]} rows of `getStats()`
 * @param {{ before: Counted | undefined, camera: boolean }} told what was counted at the look before (nothing at the first), and whether a
 *   picture is sent
 * @returns {{ bad: boolean, counted: Counted | undefined }} `counted`: for the next look
 */
export function look(rows, { before, camera }) {
  let bad = false;
  let counted = before;
  for (const row of rows) {
    if (row.type === 'candidate-pair' && row.nominated && row.state === 'succeeded') {
      if ((row.currentRoundTripTime ?? 0) > SLOWEST) bad = true;
      if (camera && row.availableOutgoingBitrate && row.availableOutgoingBitrate < LEAST_BITS) bad = true;
    }
    if (row.type === 'inbound-rtp' && row.kind === 'audio') {
      const now = { lost: row.packetsLost ?? 0, came: row.packetsReceived ?? 0 };
      const lost = now.lost - (before?.lost ?? now.lost);
      const came = now.came - (before?.came ?? now.came);
      if (lost > HANDFUL && lost / Math.max(1, lost + came) > MOST_LOST) bad = true;
      counted = now;
    }
  }
  return { bad, counted };
}
