// SMPP over TLS: a link only to a peer whose certificate somebody vouches for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { newId } from '#foundation';
import { smppPeer } from '../../../test/smpp-peer.ts';
import { smppGateway } from './smpp.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-tls-'));
const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
const MADE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-x509', '-days', '2'];
const NAMED = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert];
const made = spawnSync(process.env.ITSSO_OPENSSL ?? 'openssl', ['req', ...MADE, ...NAMED]).status === 0;

test.skipIf(!made)(
  'with the operator’s own authority named there is a link; without it there is none (needs openssl)',
  async () => {
    const peer = await smppPeer({ key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') });
    const settings = { url: peer.url, system_id: 'house', password: 'secret', answer_ms: 500, again_ms: 20 };
    const stranger = smppGateway(settings, async () => undefined);
    const known = smppGateway({ ...settings, ca: readFileSync(cert, 'utf8') }, async () => undefined);
    try {
      await vi.waitFor(() => expect(known.ready?.()).toBe(true), 3000);
      const message = { id: newId(), channel: 'sms', to: '+919876543210', template: 'update', language: 'hi' } as const;
      expect((await known.give({ ...message, text: 'नमस्ते' })).kind).toBe('taken');
      expect(await stranger.give({ ...message, text: 'नमस्ते' })).toEqual({ kind: 'not-now', reason: 'not-connected' });
      expect(peer.binds).toHaveLength(1);
    } finally {
      await known.close?.();
      await stranger.close?.();
      await peer.close();
    }
  },
);
