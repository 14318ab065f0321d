// What may come in of cctns beside the files themselves.
import { z } from 'zod';

const path = z.string('missing').regex(/^in(\.[a-z0-9_]{1,60}){1,7}$/, 'not-understood');

/** How a file is to be read. */
export const receiveForm = z.object({
  mapping: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'not-understood')
    .default('default')
    .meta({ description: 'the name of a mapping: which column means what' }),
  name: z.string().trim().max(120, 'too-long').default('').meta({ description: 'how the file is called in the list' }),
});
/** What an unknown place is. */
export const decidePlaceForm = z
  .object({
    path: path.meta({ description: 'of the place that nobody knows' }),
    is: z
      .union([z.literal('own'), path], 'choose-one')
      .meta({ description: 'the path of the unit it is; own: a unit of its own under this name' }),
  })
  .meta({ id: 'CctnsPlaceDecision' });
/** What a piece of sections means. */
export const decidePieceForm = z
  .object({
    id: z.uuid('not-understood'),
    means: z.string('missing').trim().min(1, 'missing').max(200, 'too-long').meta({ example: '376(2)(n), 506 IPC' }),
  })
  .meta({ id: 'CctnsPieceDecision' });

export type DecidePlaceForm = z.output<typeof decidePlaceForm>;
export type DecidePieceForm = z.output<typeof decidePieceForm>;
