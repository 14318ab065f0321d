// What is made slow to guess (Argon2id) costs next to nothing, for a house in which nobody guesses and that is thrown away.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

type Asked = Parameters<typeof crypto.argon2>[1];

/**
 * From here on this process stretches by the least that Argon2id allows: the same function with another cost, so that what was stretched
 * before fits no more. For the simulator and for tests.
 * @returns gives the process its slowness back
 */
export function guessNothing(): () => void {
  const { argon2, argon2Sync } = crypto;
  Object.assign(crypto, {
    // at once: beside what the database is asked meanwhile a thread of its own would be done sooner or later, as the machine happens to be busy
    argon2: (kind: 'argon2id', asked: Asked, then: Parameters<typeof argon2>[2]) => {
      const hash = argon2Sync(kind, { ...asked, parallelism: 1, memory: 8, passes: 1 });
      queueMicrotask(() => then(null, hash));
    },
  });
  syncBuiltinESMExports();
  return () => {
    Object.assign(crypto, { argon2 });
    syncBuiltinESMExports();
  };
}
