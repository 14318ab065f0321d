// What an endpoint is: one line of a table, from which requests are answered and the OpenAPI document is written.
import type { z } from 'zod';
import { type Act, type Actor, act, firstTime, type Options, type Reading, read } from '#foundation';
import type { ClientAtDoor } from '#clients';
import type { Lang } from '#words';

/** Who may knock. `complainant`: her token; `officer`: one at a post; `machine`: one with rights; `importer`: either of the last two. */
export type Who = 'anyone' | 'complainant' | 'officer' | 'machine' | 'importer';
type ActorOf = {
  anyone: Actor | null;
  complainant: Extract<Actor, { kind: 'citizen' }>;
  officer: Extract<Actor, { kind: 'officer' }>;
  machine: Extract<Actor, { kind: 'machine' }>;
  importer: Extract<Actor, { kind: 'officer' | 'machine' }>;
};

/** One request, parsed: what a handler is told. */
export type Call<W extends Who = Who, B = unknown, Q = unknown> = {
  actor: ActorOf[W];
  /** the values of `{…}` in the path, decoded */
  params: Record<string, string>;
  body: B;
  /** the body as it comes, where the line streams */
  stream: ReadableStream<Uint8Array> | null;
  query: Q;
  lang: Lang;
  request_id: string;
  /** scheme and host under which the caller reached us */
  origin: string;
  /** her network address, for the one limit that may count it */
  address: string | undefined;
  /** the registered program that knocks for her; null: none, or not at her doors */
  client: ClientAtDoor | null;
  /** the Idempotency-Key with whose it is, and the hash of the body; undefined without the header */
  once: { scope: string; key: string; body_hash: Buffer } | undefined;
};

export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT';
  /** below /api/v1, with `{name}` for what varies */
  path: string;
  who: Who;
  summary: string;
  status: 200 | 201 | 202;
  body?: z.ZodType;
  /** reads the body where it is as plain as it nearly always is; undefined: `body` reads it, and says what is wrong */
  plain?: (raw: unknown) => unknown;
  query?: z.ZodObject;
  answer: z.ZodType;
  /** the table leaves the house under this deed: who takes it shows who sits there, and is named under it */
  exports?: `${string}.${string}`;
  /** the answer is a text of this media type instead of JSON */
  media?: string;
  /** the answer is a file of that media type: its bytes and the name it is saved under; or bytes on their way already (bytesOut) */
  file?: true;
  /** the same answer as a table, for whoever accepts text/csv rather than JSON */
  csv?: (answer: never, lang: Lang) => string;
  /** refusals a caller has to expect beyond 401, 404, 413, 415, 422 */
  refuses?: readonly number[];
  /** `key`: takes an Idempotency-Key, kept with the act; `own`: the room keeps it itself */
  repeats?: 'key' | 'own';
  /** takes a body of any length and one of these media types, as it comes */
  streams?: readonly string[];
  /** takes a body, but may come without one */
  bodiless?: true;
  answers: (call: Call) => Promise<unknown>;
};

type Line<W extends Who, B extends z.ZodType, Q extends z.ZodObject, A extends z.ZodType> = Omit<
  Endpoint,
  'answers' | 'body' | 'plain' | 'query' | 'answer' | 'who' | 'csv'
> & {
  plain?: (raw: unknown) => z.output<B> | undefined;
  csv?: (answer: z.output<A>, lang: Lang) => string;
  who: W;
  body?: B;
  query?: Q;
  answer: A;
  answers: (call: Call<W, z.output<B>, z.output<Q>>) => Promise<z.input<A>>;
};

/** Writes one line of the table, with the handler typed by its schemas. */
export const endpoint = <W extends Who, B extends z.ZodType, Q extends z.ZodObject, A extends z.ZodType>(
  line: Line<W, B, Q, A>,
): Endpoint => line as unknown as Endpoint;

/** A call whose actor is known. */
export type Known = Pick<Call<'officer' | 'complainant' | 'machine' | 'importer'>, 'actor' | 'request_id'>;

/** Does something as the caller, in one act. */
export const acts = <T>(call: Known, deed: string, work: (a: Act) => Promise<T>): Promise<T> =>
  act(call.actor, deed, work, { request_id: call.request_id });

/**
 * Does something as the caller once per Idempotency-Key: a repetition finds everything done and changes nothing.
 * @param work what is done the first time
 * @param again what a repetition is answered with, from what is there by now
 */
export const actsOnce = <T>(
  call: Known & Pick<Call, 'once'>,
  deed: string,
  work: (a: Act) => Promise<T>,
  again: (a: Act) => Promise<T>,
): Promise<T> => acts(call, deed, async (a) => (!call.once || (await firstTime(a, call.once)) ? work(a) : again(a)));

/** Looks at something as the caller; with `note` the looking is written to the ledger. */
export const reads = <T>(
  call: Known,
  deed: string,
  work: (r: Reading) => Promise<T>,
  options: Pick<Options, 'note' | 'as'> = {},
): Promise<T> => read(call.actor, deed, work, { ...options, request_id: call.request_id });

/** Whose an Idempotency-Key is: the post's (work belongs to the post), the machine's, hers; and of which request. */
export function scopeOf(actor: Actor | null, method: string, path: string): string {
  const who = !actor
    ? 'nobody'
    : actor.kind === 'officer'
      ? `post ${actor.post}`
      : actor.kind === 'machine'
        ? `machine ${actor.name}`
        : `subject ${actor.subject ?? 'nobody'}`;
  return `${who} ${method} ${path}`;
}
