// The document that other systems build on says everything the table says, and nothing of it is empty.
import { describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../../src/routes/api/v1/table.ts';
import { ask } from './knock.ts';

const { body: document } = await ask('GET /openapi.json');
const schemas = document.components.schemas;

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1 and names its server, version and ways to sign in', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
    expect(Object.keys(document.components.securitySchemes).sort()).toEqual([
      'client',
      'complainant',
      'machine',
      'officer',
    ]);
  });

  test.each(ENDPOINTS.map((line) => [`${line.method} ${line.path}`, line] as const))('has %s', (_name, line) => {
    const operation = document.paths[line.path]?.[line.method.toLowerCase()];
    expect(operation?.operationId).toBeTruthy();
    expect(operation.responses[line.status].content[line.media ?? 'application/json'].schema).toBeTruthy();
    expect(Boolean(operation.requestBody)).toBe(Boolean(line.body ?? line.streams));
    // a client's own token is never asked for, and never enough where hers is
    expect(operation.security).toEqual(
      line.who === 'importer'
        ? [{ officer: [] }, { machine: [] }]
        : line.who === 'anyone'
          ? [{}, { client: [] }]
          : line.who === 'complainant'
            ? [{ complainant: [] }, { complainant: [], client: [] }]
            : [{ [line.who]: [] }],
    );
    const names = [...line.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = operation.parameters
      .filter((p: { in: string }) => p.in === 'path')
      .map((p: { name: string }) => p.name);
    expect(inPath).toEqual(names);
    const keyed = operation.parameters.some((p: { name: string }) => p.name === 'idempotency-key');
    expect(keyed).toBe(Boolean(line.repeats));
  });

  test('names nothing that is not there: operation ids are unique, every reference is found', () => {
    const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (path) => Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ENDPOINTS.length);
    for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(schemas[name ?? '']).toBeTruthy();
  });

  test.each([
    ['Happened', 'molestation'],
    ['ReporterRelation', 'self'],
    ['PlaceType', 'online'],
    ['ContactMode', 'no_contact'],
    ['Channel', 'up-cop'],
    ['State', 'forwarded'],
    ['Stage', 'on-record'],
  ])('the fixed words of %s are an enum', (name, word) => {
    expect(schemas[name].enum).toContain(word);
  });

  test('purposes, kinds of statement, outcomes of a call and of a case are enums', () => {
    const all = JSON.stringify(document);
    for (const words of [
      '"call-back","signing","statement"',
      '"oral-information","police","magistrate"',
      '"unsafe-to-talk","call-later"',
      '"convicted","acquitted"',
      '"fsl-awaited"',
    ]) {
      expect(all).toContain(words);
    }
  });

  test('errors are problem+json with code, title and request_id', () => {
    expect(schemas.Problem.required).toEqual(expect.arrayContaining(['type', 'title', 'status', 'code', 'request_id']));
    for (const line of ENDPOINTS.filter(({ who }) => who !== 'anyone')) {
      const refused = document.paths[line.path][line.method.toLowerCase()].responses['401'];
      expect(refused.content['application/problem+json'].schema.$ref).toBe('#/components/schemas/Problem');
    }
  });
});
