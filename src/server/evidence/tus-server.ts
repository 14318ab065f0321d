// tus 1.0 (resumable uploads) in front of the verbs of this room. The protocol is the library's; who may do what, and what is kept, is ours.
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, type Lock, type Locker, type RequestRelease, Server, Upload } from '@tus/server';
import { refuse } from '#foundation';
import { heldForm, uploadForm } from './forms.ts';
import { holdUpload } from './held.ts';
import { isId } from './shelf.ts';
import { who } from './tus.ts';
import { beginUpload, carryOn, drawId, giveUp, progressOf } from './uploads.ts';

/** One request at a time for each upload. Who comes second asks the first to end, and waits for it without turning in circles. */
class Turns implements Locker {
  readonly held = new Map<string, { ended: Promise<void>; end: () => void; ask: RequestRelease }>();
  newLock(id: string): Lock {
    const { held } = this;
    return {
      async lock(signal, ask) {
        for (let before = held.get(id); before; before = held.get(id)) {
          await before.ask();
          await Promise.race([
            before.ended,
            new Promise<void>((go) => signal.addEventListener('abort', () => go(), { once: true })),
          ]);
          if (signal.aborted) throw ERRORS.ABORTED;
        }
        const { promise: ended, resolve: end } = Promise.withResolvers<void>();
        held.set(id, { ended, end, ask });
      },
      async unlock() {
        held.get(id)?.end();
        held.delete(id);
      },
    };
  }
}

/** The library's view of our uploads: it never sees a byte in the clear on a disk, nor another's upload. */
class Uploads extends DataStore {
  constructor() {
    super();
    this.extensions = ['creation', 'creation-with-upload', 'termination'];
  }
  override async create(upload: Upload): Promise<Upload> {
    const { actor, options, repeat } = who();
    const { number, draft, ...said } = upload.metadata ?? {};
    if (draft !== undefined) {
      // hers, attached to nothing yet: by the form_id of her unsent form, or "mine" for whatever her session stands for
      const held = heldForm.safeParse({
        ...said,
        kind: said.kind === 'audio' ? said.kind : undefined,
        meant: said.meant === 'account' ? said.meant : undefined,
      });
      const form = held.success ? held.data : refuse('not-understood', 'filename');
      await holdUpload(actor, { id: upload.id, size: upload.size ?? 0, draft: draft ?? 'mine', form, repeat }, options);
      return upload;
    }
    const parsed = uploadForm.safeParse({ ...said, reports_on: said.reports_on?.split(',') });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return refuse(
        /^[a-z-]+$/.test(issue?.message ?? '') ? (issue?.message ?? '') : 'not-understood',
        String(issue?.path[0] ?? ''),
      );
    }
    const form = parsed.data;
    await beginUpload(
      actor,
      { id: upload.id, number: number ?? undefined, size: upload.size ?? 0, form, repeat },
      options,
    );
    return upload;
  }
  override async getUpload(id: string): Promise<Upload> {
    const { actor, options } = who();
    const { size, offset } = await progressOf(actor, id, options);
    return new Upload({ id, size, offset });
  }
  override write(source: Readable, id: string, offset: number): Promise<number> {
    const { actor, options } = who();
    return carryOn(actor, id, offset, source, options);
  }
  override async remove(id: string): Promise<void> {
    const { actor, options } = who();
    await giveUp(actor, id, options);
  }
}

const PATH = '/api/v1/uploads';
const IN_A_HURRY_MS = 300;
export const tus = new Server({
  path: PATH,
  datastore: new Uploads(),
  locker: new Turns(),
  lockDrainTimeout: IN_A_HURRY_MS,
  relativeLocation: true,
  // other sites have no business here: a browser's own request carries the cookie of a shift
  allowedOrigins: () => false,
  namingFunction: () => drawId(who().repeat),
  getFileIdFromRequest: (_request, last) => (last && isId(last) ? last : undefined),
  onResponseError: (_request, error) => {
    const { status_code, body } = error as Partial<{ status_code: number; body: string }>;
    who().thrown = error;
    return { status_code: status_code ?? 500, body: body ?? '' };
  },
});
