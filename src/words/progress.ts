// A progress message in plain words, made from codes and days: for her page, the desk's and the API alike.
import type { ProgressFacts } from '#correspondence';
import { longDay } from './format.ts';
import { type Lang, pick, words } from './words.ts';

/**
 * The sentences of a progress message.
 * @param facts as the clock put them down
 * @param post name of the post in whose name it went out
 */
export function progressLines(lang: Lang, facts: ProgressFacts, post: string): string[] {
  const w = words(lang).correspondence.progress;
  const day = (on: string) => longDay(lang, Temporal.PlainDate.from(on));
  const deeds = facts.deeds.map(({ deed, on }) => w.deed(pick(w.deeds, deed, deed), day(on)));
  const since = day(facts.since);
  return [
    w.stage(pick(w.stages, facts.stage, facts.stage)),
    deeds.length > 0 ? w.done(since, deeds.join(', ')) : w.nothing(since),
    pick(w.next, facts.next),
    facts.due_on ? w.by(day(facts.due_on)) : '',
    w.who(post),
  ].filter((line) => line !== '');
}
