// Two kinds of failure only: a refusal is the house saying no, by code; anything else is a bug.

/** A refusal: `code` is kebab-case and has words in every language; `about` names the field; `detail` holds numbers and codes, never a person. */
export class Refusal extends Error {
  readonly code: string;
  readonly about: string | undefined;
  readonly detail: Record<string, string | number> | undefined;
  constructor(code: string, about?: string, detail?: Record<string, string | number>) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.about = about;
    this.detail = detail;
  }
}

/** Says no. Throwing rolls the act back. */
export function refuse(code: string, about?: string, detail?: Record<string, string | number>): never {
  throw new Refusal(code, about, detail);
}

/** Says no if there is a reason; silence is consent. */
export function refuseIf(code: string | undefined, about?: string): void {
  if (code) throw new Refusal(code, about);
}
