// What is begun once more when everything was rolled back, and why.
import { shapeHasChanged } from './database.ts';

const OVERTAKEN = new Error('another act was first');
/**
 * Another act was first with what this one was about to write: all of it is rolled back and begun once more, and sees what the other has
 * written. For what is written in one go, without waiting for each answer.
 */
export function beginAgain(): never {
  throw OVERTAKEN;
}

/** @internal nobody notices that a migration has run beside it, or that another was first */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!shapeHasChanged(error) && error !== OVERTAKEN) throw error;
    return work();
  }
}
