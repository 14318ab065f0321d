// What a command of the command line is.
import type { OpenHouse } from '../server/open-house.ts';
import type { Settings } from '../server/settings.ts';

export type Command = {
  name: string;
  says: string;
  /** what the command does with the open house; commands without it need neither settings nor database */
  run: (open: OpenHouse, settings: Settings, given: readonly string[]) => Promise<void>;
  /** what it is given, in one way or another: words after its name (a|b: either), or, in capitals, something to put there */
  takes?: string | readonly string[];
};

/** The ways in which a command can be given something; one empty way where it takes nothing. */
export const waysOf = ({ takes = '' }: Pick<Command, 'takes'>): readonly string[] =>
  typeof takes === 'string' ? [takes] : takes;
