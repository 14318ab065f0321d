// Before each file of tests: nobody guesses codes in it, so stretching them costs nothing (docs/decisions/0093). Where the stretching itself
// or the time that a guess takes is what is shown, it stays as slow as it is.
import { afterAll, beforeAll, expect } from 'vitest';
import { guessNothing } from '../sim/no-guessing.ts';

const GUESSED = /\/(?:stretch|intake|guessing)\.test\.ts$/;

let giveBack: (() => void) | undefined;
beforeAll(() => {
  if (!GUESSED.test(expect.getState().testPath ?? '')) giveBack = guessNothing();
});
afterAll(() => giveBack?.());
