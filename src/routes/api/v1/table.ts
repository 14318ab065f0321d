// Every endpoint of /api/v1. What is not in this table does not exist.
import { z } from 'zod';
import { calendar } from './calendar.ts';
import { callbacks } from './callbacks.ts';
import { cctns } from './cctns.ts';
import { changes } from './changes.ts';
import { clients } from './clients.ts';
import { complainant } from './complainant.ts';
import { correspondence } from './correspondence.ts';
import { court } from './court.ts';
import { decided } from './decided.ts';
import { documents } from './documents.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { evidenceDoors } from './evidence.ts';
import { exchangeDoors } from './exchange.ts';
import { hearingRoom } from './hearing-room.ts';
import { hearings } from './hearings.ts';
import { law } from './law.ts';
import { logDoors } from './log.ts';
import { messagesOut } from './messages-out.ts';
import { officers } from './officers.ts';
import { describe } from './openapi.ts';
import { posts } from './posts.ts';
import { repeats } from './repeats.ts';
import { desks } from './search.ts';
import { summons } from './summons.ts';
import { sos } from './sos.ts';
import { sosCrew } from './sos-crew.ts';
import { transfers } from './transfers.ts';
import { watching } from './watch.ts';
import { webhooks } from './webhooks.ts';

let written: ReturnType<typeof describe> | undefined;

export const ENDPOINTS: readonly Endpoint[] = [
  ...complainant,
  ...callbacks,
  ...officers,
  ...desks,
  ...transfers,
  ...posts,
  ...repeats,
  ...documents,
  ...correspondence,
  ...hearings,
  ...hearingRoom,
  ...summons,
  ...court,
  ...changes,
  ...calendar,
  ...evidenceDoors,
  ...messagesOut,
  ...law,
  ...clients,
  ...exchangeDoors,
  ...webhooks,
  ...sos,
  ...sosCrew,
  ...decided,
  ...cctns,
  ...watching,
  ...logDoors,
  endpoint({
    method: 'GET',
    path: '/openapi.json',
    who: 'anyone',
    summary: 'This document',
    status: 200,
    answer: z.looseObject({ openapi: z.string() }),
    answers: async () => {
      written ??= describe(ENDPOINTS);
      return written as { openapi: string };
    },
  }),
];
