// The state's own identity provider, if there is one: said as a whole or not at all.
import type { StateProvider } from '#signin';

const NEEDED: [string, string][] = [
  ['ITSSO_STATE_ISSUER', 'the address of the identity provider, https://…'],
  ['ITSSO_STATE_CLIENT', 'the id of the house there'],
  ['ITSSO_STATE_SECRET', 'its secret there'],
];
const CLAIM = /^[A-Za-z0-9_.:/-]{1,100}$/;
const LOCAL = ['localhost', '127.0.0.1'];

/**
 * Reads the provider from the environment; nothing where none of its settings is there.
 * @throws Error naming what is missing, or an address that cannot be: plain http is for the machine itself, in practice
 */
export function stateOf(env: NodeJS.ProcessEnv, production: boolean): { state?: StateProvider } {
  if (!NEEDED.some(([name]) => env[name])) return {};
  const missing = NEEDED.filter(([name]) => !env[name]);
  if (missing.length > 0)
    throw new Error(
      `the identity provider needs these settings:\n${missing.map(([name, says]) => `  ${name}  ${says}`).join('\n')}`,
    );
  const { ITSSO_STATE_ISSUER: issuer = '', ITSSO_STATE_CLIENT: client = '', ITSSO_STATE_SECRET: secret = '' } = env;
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const plain = url?.protocol === 'http:' && LOCAL.includes(url.hostname) && !production;
  if (url?.protocol !== 'https:' && !plain) throw new Error('ITSSO_STATE_ISSUER must be https:// and a host');
  const claim = env.ITSSO_STATE_CLAIM ?? 'sub';
  if (!CLAIM.test(claim)) throw new Error('ITSSO_STATE_CLAIM must be the name of a claim');
  const [hi = '', en = hi] = (env.ITSSO_STATE_NAME ?? 'राज्य की पहचान सेवा|the state’s identity service').split('|');
  const acr = env.ITSSO_STATE_ACR;
  return {
    state: { issuer, client, secret, claim, name: { hi, en }, ...(acr ? { acr } : {}), ...(plain ? { plain } : {}) },
  };
}
