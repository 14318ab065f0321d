// Writes the types of the example client from the OpenAPI document that the server serves: `npm run client`; --check compares.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { describe } from '../src/routes/api/v1/openapi.ts';
import { ENDPOINTS } from '../src/routes/api/v1/table.ts';

const FILE = new URL('../examples/citizen-client/api.ts', import.meta.url);
const HEAD = `// Generated from /api/v1/openapi.json by \`npm run client\`. Not edited by hand.\n`;

type Json = { [key: string]: unknown };
const within = (node: unknown): string[] =>
  [...JSON.stringify(node).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');

/** The part of the document that a client of hers works with: the doors a client may come to, what is told to it, and what these name. */
function herPart(document: Json): Json {
  const paths: Json = {};
  for (const [at, path] of Object.entries(document.paths as Record<string, Json>)) {
    const open = Object.entries(path).filter(([, operation]) => JSON.stringify(operation).includes('"client":[]'));
    if (open.length > 0) paths[at] = Object.fromEntries(open);
  }
  const { schemas, ...rest } = document.components as { schemas: Json };
  const needed = new Set(within([paths, document.webhooks]));
  // a set that grows while it is walked: names lead to names
  for (const name of needed) for (const further of within(schemas[name])) needed.add(further);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => needed.has(name)));
  return { ...document, paths, components: { ...rest, schemas: kept } };
}

/** The example client's types as they should be. */
export async function clientTypes(): Promise<string> {
  const document = herPart(JSON.parse(JSON.stringify(describe(ENDPOINTS))));
  const written = await openapiTS(document as unknown as OpenAPI3, { alphabetize: true });
  return `${HEAD}${astToString(written)}`;
}

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const wanted = await clientTypes();
  if (process.argv.includes('--check')) {
    if (readFileSync(FILE, 'utf8') !== wanted) {
      console.error('examples/citizen-client/api.ts is not what the API says: npm run client');
      process.exit(1);
    }
  } else writeFileSync(FILE, wanted);
}
