// One way through the API door for every request: which line of the table, who is there, what was sent, what is answered.
import { type ClientAtDoor, knock, type Purpose } from '#clients';
import { type Actor, bodyHash, house } from '#foundation';
import { exportedBy } from '../../exporter.ts';
import { checkStorable, isStorable, readBytes, readJson } from './body.ts';
import { type Call, type Endpoint, scopeOf } from './endpoint.ts';
import { languageOf } from './language.ts';
import { issuesOf, Problem, problemResponse } from './problem.ts';
import { ENDPOINTS } from './table.ts';

/** What the web server knows of a request. */
export type Knock = {
  request: Request;
  url: URL;
  /** below /api/v1, decoded, without the first slash */
  path: string;
  /** undefined without a token, null with one that answers to nobody */
  bearer: Actor | null | undefined;
  request_id: string;
  address: string | undefined;
};

const PATTERN = new Map(
  ENDPOINTS.map((line) => [
    line,
    new RegExp(
      `^${line.path
        .slice(1)
        .replaceAll('.', '\\.')
        .replace(/\{(\w+)\}/g, '(?<$1>[^/]{1,200})')}$`,
    ),
  ]),
);

/** Answers one request. Whatever happens, it answers. */
export async function dispatch(knocked: Knock): Promise<Response> {
  const lang = languageOf(knocked.request);
  try {
    const { line, params } = find(knocked);
    if (!line) return options(params.allow ?? '');
    const client = await whoseProgram(line, knocked);
    const actor = whoCalls(line, knocked.bearer, params);
    const body = line.streams
      ? streamed(line, knocked.request)
      : line.body
        ? parsed(line, await readJson(knocked.request, { checked: !line.plain }))
        : await unread(knocked.request);
    const call: Call = {
      actor: actor as Call['actor'],
      params,
      body: body?.value,
      stream: line.streams ? knocked.request.body : null,
      query: line.query ? queried(line, knocked.url) : undefined,
      lang,
      request_id: knocked.request_id,
      origin: knocked.url.origin,
      address: knocked.address,
      client,
      once: onceOf(line, knocked, actor, body?.raw),
    };
    const answer = await line.answers(call);
    if (answer instanceof Response) return answer;
    if (line.file) return fileResponse(answer as { bytes: Uint8Array; name: string }, line, knocked.request.method);
    const table = line.csv && wantsTable(knocked.request) ? line.csv(answer as never, lang) : undefined;
    if (table !== undefined) return tableResponse(table + (await takenBy(line, call)), lang, knocked.request.method);
    const text = line.media ? String(answer) + (await takenBy(line, call)) : JSON.stringify(answer);
    return new Response(knocked.request.method === 'HEAD' ? null : text, {
      status: line.status,
      headers: {
        'content-type': line.media ? `${line.media}; charset=utf-8` : 'application/json',
        ...(line.media ? {} : { 'content-language': lang }),
        'cache-control': 'no-store',
      },
    });
  } catch (thrown) {
    return problemResponse(thrown, lang, knocked.request_id);
  }
}

// what is open to everybody bears nobody's name; of a program of others the house takes it out, under the program's id
const takenBy = async (line: Endpoint, { actor, client, lang, request_id }: Call): Promise<string> =>
  line.exports ? exportedBy(actor ?? house(), line.exports, { request_id, lang, as: client?.id }) : '';

const wantsTable = (request: Request): boolean => /^\s*text\/csv\b/.test(request.headers.get('accept') ?? '');
const tableResponse = (table: string, lang: string, method: string): Response =>
  new Response(method === 'HEAD' ? null : table, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-language': lang,
      'cache-control': 'no-store',
      vary: 'accept',
    },
  });

// to be saved, not to be shown; the name says nothing of what is in it
const fileResponse = ({ bytes, name }: { bytes: Uint8Array; name: string }, line: Endpoint, method: string): Response =>
  new Response(method === 'HEAD' ? null : new Uint8Array(bytes), {
    status: line.status,
    headers: {
      'content-type': line.media ?? 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });

const options = (allow: string): Response => new Response(null, { status: 204, headers: { allow } });

function find(knocked: Knock): { line: Endpoint | undefined; params: Record<string, string> } {
  const method = knocked.request.method === 'HEAD' ? 'GET' : knocked.request.method;
  if (!isStorable(knocked.path)) throw new Problem('not-found');
  const here = ENDPOINTS.filter((line) => PATTERN.get(line)?.test(knocked.path));
  if (here.length === 0) throw new Problem('not-found');
  const line = here.find((l) => l.method === method);
  if (line) return { line, params: { ...PATTERN.get(line)?.exec(knocked.path)?.groups } };
  const allow = [...new Set(here.flatMap((l) => (l.method === 'GET' ? ['GET', 'HEAD'] : [l.method]))), 'OPTIONS'].join(
    ', ',
  );
  if (method === 'OPTIONS') return { line: undefined, params: { allow } };
  throw new Problem('method-not-allowed', [], { allow });
}

/** The header in which a registered program of others names itself, beside her bearer token. */
const CLIENT_HEADER = 'client-token';

/** What a knock counts as for the program that makes it. */
function purposeOf({ method, path, who }: Endpoint): Purpose {
  if (/^\/(complaints|drafts)(\/|$)/.test(path)) return 'file';
  if (/^\/track\/(sessions|codes)$/.test(path)) return 'track';
  if (path === '/figures') return 'figures';
  if (path === '/figures/live') return 'dashboard';
  if (who === 'anyone') return 'look';
  return method === 'GET' ? 'track' : 'write';
}

/** The registered program at her doors. Officers and machines come with their own token, and nobody's quota is theirs. */
async function whoseProgram(line: Endpoint, knocked: Knock): Promise<ClientAtDoor | null> {
  const token = knocked.request.headers.get(CLIENT_HEADER);
  if (token === null || (line.who !== 'anyone' && line.who !== 'complainant')) return null;
  return knock(token, purposeOf(line), knocked.request_id);
}

const KINDS = {
  complainant: ['citizen'],
  officer: ['officer'],
  machine: ['machine'],
  importer: ['officer', 'machine'],
} as const;

function whoCalls(line: Endpoint, bearer: Actor | null | undefined, params: Record<string, string>): Actor | null {
  if (line.who === 'anyone') return bearer ?? null;
  if (!bearer) throw new Problem('signed-out', [], { 'www-authenticate': 'Bearer' });
  if ((KINDS[line.who] as readonly string[]).includes(bearer.kind)) return bearer;
  // a thing that this kind of caller may not see does not exist for it; a door that is not its own is closed
  throw new Problem(Object.keys(params).length > 0 ? 'not-found' : 'not-your-power');
}

function parsed(line: Endpoint, raw: unknown): { value: unknown; raw: unknown } {
  const plain = line.plain?.(raw);
  if (plain !== undefined) return { value: plain, raw };
  if (line.plain) checkStorable(raw);
  const result = line.body?.safeParse(raw === undefined && line.bodiless ? {} : raw, { reportInput: true });
  if (!result) return { value: undefined, raw };
  if (raw === undefined && !line.bodiless) throw new Problem('not-json');
  if (!result.success) throw new Problem('invalid', issuesOf(result.error));
  return { value: result.data, raw };
}

// what streams is read by whoever answers; here it is only asked whether it is of the right kind
function streamed(line: Endpoint, request: Request): undefined {
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (request.body && !line.streams?.includes(type)) throw new Problem('wrong-content-type');
}

/** Where nothing is expected, what comes is counted and forgotten. */
async function unread(request: Request): Promise<undefined> {
  if (request.body) await readBytes(request);
  return undefined;
}

function queried(line: Endpoint, url: URL): unknown {
  const asked = Object.fromEntries([...url.searchParams].filter(([, value]) => value !== ''));
  for (const [name, value] of Object.entries(asked)) {
    if (!isStorable(name) || !isStorable(value)) throw new Problem('invalid', [{ path: name, code: 'not-storable' }]);
  }
  const result = line.query?.safeParse(asked, { reportInput: true });
  if (result && !result.success) throw new Problem('invalid', issuesOf(result.error));
  return result?.data;
}

function onceOf(line: Endpoint, knocked: Knock, actor: Actor | null, raw: unknown): Call['once'] {
  const key = knocked.request.headers.get('idempotency-key');
  if (key === null || !line.repeats) return undefined;
  if (!/^[\x20-\x7e]{8,200}$/.test(key)) throw new Problem('key-not-printable');
  return { scope: scopeOf(actor, line.method, knocked.path), key, body_hash: bodyHash(raw ?? null) };
}
