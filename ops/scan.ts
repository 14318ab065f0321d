// `node ops/scan.ts [--minutes=N] [--only=wapiti|sqlmap] [--level=1…3]`: Debian's wapiti and sqlmap against the running system on this machine, as nobody, as she and as officers.
// What they report is compared with what was judged (docs/scans.md): anything else ends with 1. Nothing leaves the machine.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { someComplaint } from '../e2e/complaint.ts';
import { startHouse } from '../e2e/house.ts';
import { ensureBuilt } from '../server/build.ts';
import { type Front, openFront } from './scan-front.ts';
import { findingsOf, type Finding, isJudged, pagesOf, saysInjectable } from './scan-reports.ts';

const ask = (name: string, otherwise: string): string =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
/** How long the whole may take, in minutes; half for each of the two. */
const MINUTES = Number(ask('minutes', '14'));
const REPORT = ask('report', '');
/** Only one of the two, which then has all the time; and how much sqlmap tries of each parameter. */
const ONLY = ask('only', '');
const LEVEL = ask('level', '3');
const SECONDS = MINUTES * (ONLY ? 60 : 30);
// those left out ask a host outside (ssrf, xxe) or fetch lists from outside (wapp, nikto, buster), or guess passwords where there are none
const MODULES =
  'backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss';
// to follow these would end the session that is being tried
const LEAVE = ['/x', '/signin?/end', '/l/en', '/l/hi', '/shifts?/others', '/sandbox'];

const out = mkdtempSync('/tmp/itsso-scan-');
type Ran = { said: string; code: number | null };
function run(program: string, args: readonly string[], seconds: number): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(program, [...args], {
      cwd: out,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: out },
    });
    let said = '';
    for (const from of [child.stdout, child.stderr])
      from.on('data', (text: Buffer) => {
        said += text.toString();
      });
    const late = setTimeout(() => child.kill('SIGTERM'), seconds * 1000);
    const gone = setTimeout(() => child.kill('SIGKILL'), (seconds + 15) * 1000);
    child.once('error', () => done({ said: `${program} is not installed`, code: -1 }));
    child.once('exit', (code) => {
      clearTimeout(late);
      clearTimeout(gone);
      done({ said, code });
    });
  });
}

type Caller = { name: string; headers: readonly string[]; start: readonly string[] };

async function wapiti(house: Front, who: Caller, seconds: number): Promise<{ found: Finding[]; pages: number }> {
  const file = path.join(out, `wapiti-${who.name}.json`);
  const { said, code } = await run(
    'wapiti',
    [
      ...['-u', `${house.url}/`, '--scope', 'domain', '-m', MODULES, '-f', 'json', '-o', file, '--no-bugreport'],
      ...['--flush-session', '--store-session', path.join(out, who.name), '-t', '10', '-d', '4', '-l', '1'],
      ...[
        '--max-links-per-page',
        '60',
        '--max-files-per-dir',
        '60',
        '--max-scan-time',
        String(Math.round(seconds / 3)),
      ],
      ...['--max-attack-time', String(Math.max(10, Math.round(seconds / 18)))],
      ...who.start.flatMap((at) => ['-s', house.url + at]),
      ...who.headers.flatMap((header) => ['-H', header]),
    ],
    seconds,
  );
  let report: string;
  try {
    report = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`wapiti (${who.name}) ended with ${code} and no report: ${said.slice(-600)}`);
  }
  return { found: findingsOf(report, who.name), pages: pagesOf(report) };
}

type Target = { at: string; data?: string; headers?: readonly string[]; name: string };

async function sqlmap(
  house: Front,
  { at, data, headers = [], name }: Target,
  seconds: number,
): Promise<{ found: Finding[]; through: boolean }> {
  const { said, code } = await run(
    'sqlmap',
    [
      ...[
        '-u',
        house.url + at,
        '--batch',
        '--level',
        LEVEL,
        '--risk',
        '2',
        '--threads',
        '2',
        '--timeout',
        '10',
        '--retries',
        '0',
      ],
      ...[
        '--disable-coloring',
        '--skip-waf',
        '--output-dir',
        path.join(out, 'sqlmap'),
        '--dbms',
        'PostgreSQL',
        '--technique',
        'BEUS',
      ],
      ...['--ignore-code', '400,401,403,404,409,422,429', '--flush-session', '--param-exclude', '^__Host'],
      ...(data ? ['--data', data] : []),
      ...headers.flatMap((header) => ['-H', header]),
    ],
    seconds,
  );
  if (!/testing|tested parameters|parameter/i.test(said))
    throw new Error(`sqlmap (${name}) ended with ${code}: ${said.slice(-600)}`);
  const found = saysInjectable(said).map(
    (what): Finding => ({ by: 'sqlmap', who: name, kind: 'SQL injection', level: 4, at, what }),
  );
  // who was ended by the clock says nothing of what was not tried
  return { found, through: code !== null };
}

function targetsFor(officer: string, auditor: string, hers: string): Target[] {
  const page = (token: string) => [`Cookie: __Host-p=${token}`];
  const bearer = [`Authorization: Bearer ${hers}`];
  const json = ['Content-Type: application/json'];
  const session = JSON.stringify({ number: '123456789012', mobile: '+919812345678', code: '123456' });
  return [
    { name: 'search of an officer', at: '/search?q=777&in=x', headers: page(officer) },
    { name: 'desk', at: '/desk?show=late&sort=due&q=x', headers: page(officer) },
    { name: 'ledger', at: '/ledger?deed=file.&day=2026-01-05&post=x', headers: page(auditor) },
    { name: 'figures', at: '/watch-files/in/up/kanpur_nagar?figure=registered&page=1', headers: page(officer) },
    { name: 'posts', at: '/posts?unit=in.up.kanpur_nagar', headers: page(officer) },
    { name: 'verify', at: '/verify?code=ABCD-EFGH-JKMN' },
    { name: 'help near', at: '/help/near?district=kanpur_nagar' },
    { name: 'statistics', at: '/statistics?edition=1&place=in.up' },
    { name: 'offences', at: '/api/v1/law/offences?q=354' },
    { name: 'her file', at: '/api/v1/track?part=timeline', headers: bearer },
    { name: 'her sign-in', at: '/api/v1/track/sessions', data: session, headers: json },
    { name: 'two codes', at: '/signin/code?/enter', data: 'vouch=ABCDEFGHJKMN&code=123456' },
    { name: 'her form', at: '/?/go', data: 'do=start&to=x&receipt=1234567812345678' },
  ];
}

async function main(): Promise<void> {
  ensureBuilt();
  const house = await startHouse();
  const front = await openFront(house.url, LEAVE);
  const found: Finding[] = [];
  const times: string[] = [];
  try {
    const token = async (id: string) => house.signIn(id);
    const filed = await house.api('POST', '/complaints', someComplaint(), { key: crypto.randomUUID() });
    const hers = (await house.api('POST', '/track/sessions', { receipt: filed.json.receipt })).json.token as string;
    const [officer, auditor, administrator] = [
      await token('verma'),
      await token('auditor'),
      await token('administrator'),
    ];
    const callers: Caller[] = [
      {
        name: 'nobody',
        headers: [],
        start: ['/help', '/rights', '/statistics', '/verify', '/status', '/signin', '/sos', '/log'],
      },
      { name: 'she', headers: [`Cookie: __Host-s=${hers}`], start: ['/track', '/sos'] },
      {
        name: 'station-head',
        headers: [`Cookie: __Host-p=${officer}`],
        start: ['/desk', '/search?q=777', '/posts', '/attention', '/second'],
      },
      {
        name: 'administrator',
        headers: [`Cookie: __Host-p=${administrator}`],
        start: ['/enrol', '/admin/clients', '/admin/machines'],
      },
    ];
    const each = SECONDS / callers.length;
    for (const who of ONLY === 'sqlmap' ? [] : callers) {
      const began = performance.now();
      const told = await wapiti(front, who, each);
      found.push(...told.found);
      times.push(`wapiti as ${who.name}: ${told.pages} pages, ${Math.round((performance.now() - began) / 1000)} s`);
    }
    const targets = ONLY === 'wapiti' ? [] : targetsFor(await token('verma'), auditor, hers);
    let left_s = SECONDS;
    for (const [n, target] of targets.entries()) {
      const began = performance.now();
      // what one does not need the next may use
      const told = await sqlmap(front, target, left_s / (targets.length - n));
      found.push(...told.found);
      const took = (performance.now() - began) / 1000;
      left_s = Math.max(1, left_s - took);
      times.push(
        `sqlmap, ${target.name}: ${Math.round(took)} s, ${told.through ? 'to its end' : 'ended by the clock'}`,
      );
    }
    const broken = house
      .log()
      .split('\n')
      .filter((line) => line.includes('"unexpected"'));
    if (broken.length > 0)
      found.push({
        by: 'log',
        who: 'any',
        kind: 'unexpected error',
        level: 4,
        at: '',
        what: broken.slice(0, 5).join('\n'),
      });
  } finally {
    front.close();
    await house.discard();
    rmSync(out, { recursive: true, force: true });
  }
  for (const line of times) console.log(line);
  const left = found.filter((one) => !isJudged(one));
  for (const one of found)
    console.log(`${isJudged(one) ? 'judged' : 'FOUND '}  ${one.by}  ${one.who}  ${one.kind}  ${one.at}  ${one.what}`);
  console.log(`${found.length} reported, ${left.length} of them not judged in docs/scans.md.`);
  if (REPORT) writeFileSync(REPORT, JSON.stringify({ times, found }, null, 2));
  if (left.length > 0) process.exitCode = 1;
}

await main();
