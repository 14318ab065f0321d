// What is asked of an object store, in the words of S3. A store that does not answer is a refusal, for it can be tried again later; what
// it answered amiss is written down by name only.
import type { Readable } from 'node:stream';
import type { S3 } from '@aws-sdk/client-s3';
import { log, refuse } from '#foundation';

/** Where the object store is and who we are there. */
export type Bucket = {
  endpoint: string;
  region: string;
  bucket: string;
  key: string;
  secret: string;
  session?: string | undefined;
};
/** A part that the store has for good. */
export type Part = { number: number; tag: string; bytes: number };
type Fault = { name?: string; $metadata?: { httpStatusCode?: number } };

const TRIES = 3;
const CONNECT_MS = 3000;
const ANSWER_MS = 60_000;
const ABSENT: ReadonlySet<string> = new Set(['NotFound', 'NoSuchKey', 'NoSuchUpload']);
const nameOf = (fault: unknown): string => (fault as Fault).name ?? 'unknown';

/** The store's own word that there is no such thing is no fault. */
async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (fault) {
    if (ABSENT.has(nameOf(fault))) return undefined;
    throw outOfReach(fault);
  }
}
function outOfReach(fault: unknown): Error {
  log.error({ fault: nameOf(fault), status: (fault as Fault).$metadata?.httpStatusCode }, 'object store');
  try {
    return refuse('store-out-of-reach');
  } catch (refusal) {
    return refusal as Error;
  }
}

/** The few things this room wants of an object store. Its package is loaded with the first of them. */
export function objectStore(to: Bucket) {
  let made: Promise<S3> | undefined;
  const make = async () => {
    const { S3: Client } = await import('@aws-sdk/client-s3');
    return new Client({
      endpoint: to.endpoint,
      region: to.region,
      credentials: {
        accessKeyId: to.key,
        secretAccessKey: to.secret,
        ...(to.session ? { sessionToken: to.session } : {}),
      },
      // a store of one's own seldom has a name for each bucket
      forcePathStyle: true,
      maxAttempts: TRIES,
      // the signature covers the SHA-256 of every body, and every segment is authenticated; not every store knows the newer checksums
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
    });
  };
  const s3 = () => {
    made ??= make();
    return made;
  };
  const at = (key: string) => ({ Bucket: to.bucket, Key: key });

  return {
    /** @returns how long an object is; undefined where there is none */
    length: async (key: string): Promise<number | undefined> =>
      (await orAbsent((await s3()).headObject(at(key))))?.ContentLength,
    put: async (key: string, body: Buffer): Promise<void> => {
      await (await s3()).putObject({ ...at(key), Body: body }).catch((fault) => Promise.reject(outOfReach(fault)));
    },
    /** @returns the store's names for what was begun under a key and never ended, oldest first */
    begun: async (key: string): Promise<string[]> => {
      const found = await orAbsent((await s3()).listMultipartUploads({ Bucket: to.bucket, Prefix: key }));
      return (found?.Uploads ?? [])
        .filter(({ Key }) => Key === key)
        .sort((one, two) => Number(one.Initiated) - Number(two.Initiated))
        .flatMap(({ UploadId }) => UploadId ?? []);
    },
    begin: async (key: string): Promise<string> => {
      const begun = await orAbsent((await s3()).createMultipartUpload(at(key)));
      return begun?.UploadId ?? refuse('store-out-of-reach');
    },
    /** @returns the parts that are there for good, in their order */
    parts: async (key: string, upload: string): Promise<Part[]> => {
      const all: Part[] = [];
      for (let after: string | undefined; ; ) {
        const page = await orAbsent(
          (await s3()).listParts({ ...at(key), UploadId: upload, ...(after ? { PartNumberMarker: after } : {}) }),
        );
        for (const { PartNumber, ETag, Size } of page?.Parts ?? [])
          all.push({ number: PartNumber ?? 0, tag: ETag ?? '', bytes: Size ?? 0 });
        if (!page?.IsTruncated || !page.NextPartNumberMarker) break;
        after = page.NextPartNumberMarker;
      }
      return all.sort((one, two) => one.number - two.number);
    },
    putPart: async (key: string, upload: string, number: number, body: Buffer): Promise<Part> => {
      const put = await orAbsent(
        (await s3()).uploadPart({ ...at(key), UploadId: upload, PartNumber: number, Body: body }),
      );
      return { number, tag: put?.ETag ?? refuse('store-out-of-reach'), bytes: body.length };
    },
    /** Makes the object of its parts; one that was made before, whose answer was lost, is not asked for again. */
    end: async (key: string, upload: string, parts: readonly Part[]): Promise<void> => {
      await orAbsent(
        (await s3()).completeMultipartUpload({
          ...at(key),
          UploadId: upload,
          MultipartUpload: { Parts: parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag })) },
        }),
      );
    },
    giveUp: async (key: string, upload: string): Promise<void> => {
      await orAbsent((await s3()).abortMultipartUpload({ ...at(key), UploadId: upload }));
    },
    /** Bytes of an object from one to the other, both included. @throws Refusal `not-found` */
    get: async (key: string, from: number, last: number): Promise<Readable> => {
      const got = await orAbsent((await s3()).getObject({ ...at(key), Range: `bytes=${from}-${last}` }));
      return (got?.Body as Readable | undefined) ?? refuse('not-found');
    },
    remove: async (key: string): Promise<void> => {
      await orAbsent((await s3()).deleteObject(at(key)));
    },
    /** @returns what is wrong, by the store's own name for it; undefined when the bucket is there and open to us */
    trouble: async (): Promise<string | undefined> =>
      (await s3()).headBucket({ Bucket: to.bucket }).then(
        () => undefined,
        (fault: unknown) => nameOf(fault),
      ),
  };
}
