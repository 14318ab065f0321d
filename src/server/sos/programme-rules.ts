// Who may switch the programme, and how. Pure: told the time, asks nothing.
/** So long before it ends it is said. */
export const NOTICE_DAYS = 7;
const SWITCHES = ['dcp', 'adcp-women', 'cp', 'sp', 'state'] as const;

/** Whether a post of this kind may want or agree to a change; it always takes two of them. */
export const maySwitch = (post_kind: string): boolean => (SWITCHES as readonly string[]).includes(post_kind);

/** Why a change may not be proposed: it is so already, or another one waits for its second post. */
export const whyNotPropose = (
  turns: 'off' | 'on',
  { off, waits }: { off: boolean; waits: boolean },
): 'already-proposed' | 'already-so' | undefined =>
  waits ? 'already-proposed' : off === (turns === 'off') ? 'already-so' : undefined;

/** Why a change may not be agreed to. @param same whether post or officer are those that proposed it */
export function whyNotAgree(
  change: { turns: 'off' | 'on'; from_at: Temporal.Instant },
  { now, same }: { now: Temporal.Instant; same: boolean },
): 'second-post-needed' | 'too-soon' | undefined {
  if (same) return 'second-post-needed';
  const earliest = now.add({ hours: 24 * NOTICE_DAYS });
  return change.turns === 'off' && Temporal.Instant.compare(change.from_at, earliest) < 0 ? 'too-soon' : undefined;
}
