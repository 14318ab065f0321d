// The papers of a file in the shape of the API.
import { z } from 'zod';
import { PAPER_KINDS } from '#documents';
import { text } from './shapes.ts';
import { instant } from './time.ts';

export const document = z
  .object({
    id: z.uuid(),
    kind: z.enum([...PAPER_KINDS, 'sealed-part']),
    name: text,
    number: text.meta({ description: 'year and number of the issuing unit', example: '2026/0017' }),
    part_of: z.uuid().nullable(),
    language: z.enum(['hi', 'en']),
    sealed: z.boolean().meta({ description: 'names her: the PDF is given only while her identity stands open' }),
    issued_at: instant,
    post: text,
    officer: text.nullable(),
    mark: text,
    sha256: text,
    size: z.int(),
  })
  .meta({ id: 'Document' });
export const paper = z
  .object({
    kind: z.enum(PAPER_KINDS),
    name: text,
    authority: text.nullable(),
    names_her: z.boolean().meta({ description: 'takes a purpose; she sees the opening' }),
    allowed: z.boolean(),
    why_not: text.nullable(),
    why_not_text: text.nullable(),
  })
  .meta({ id: 'PaperToIssue' });
