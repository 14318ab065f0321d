import type { Actor } from '#foundation';

declare global {
  namespace App {
    interface Locals {
      /** who calls the API with a bearer token; undefined without one, null with one that answers to nobody */
      bearer: Actor | null | undefined;
      /** she: a citizen, with or without a session */
      citizen: Extract<Actor, { kind: 'citizen' }>;
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
