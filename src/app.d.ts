import type { Actor, Looked } from '#foundation';

declare global {
  namespace App {
    interface Locals {
      /** who calls the API with a bearer token; undefined without one, null with one that answers to nobody */
      bearer: Actor | null | undefined;
      /** she: a citizen, with or without a session */
      citizen: Extract<Actor, { kind: 'citizen' }>;
      /** all that is hers, where her page was asked for: read with the look that asked who she is */
      looked?: Looked | undefined;
      /** why it could not be asked who she is; her own page still shows her what she typed */
      unasked?: unknown;
      /** the officer signed in in this browser */
      staff: Extract<Actor, { kind: 'officer' }> | null;
      lang: 'hi' | 'en';
      mode: 'sandbox' | 'production';
      request_id: string;
    }
    interface Error {
      message: string;
      request_id?: string;
      code?: string;
    }
  }
}
