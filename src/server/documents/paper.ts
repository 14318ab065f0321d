// What stands on a paper, as data: the one shape that every kind of paper is written in and that the typesetter knows.

/** One piece of a paper. Every text is data: nothing in it is read as markup, whoever typed it. */
export type Block =
  | { is: 'heading'; text: string }
  | { is: 'text'; text: string; lead?: string; small?: boolean }
  | { is: 'table'; head: readonly string[]; rows: readonly (readonly string[])[]; widths: readonly number[] }
  /** a numbered field of a form; without a value so many lines are left to fill by hand */
  | { is: 'field'; n: string; label: string; value: string | null; lines: number }
  /** an entry of the case diary */
  | { is: 'entry'; n: string; when: string; who: string; text: string };

export type Paper = {
  language: 'hi' | 'en';
  title: string;
  /** under the title: the section it rests on, in words; empty where none asks for it */
  law: string;
  from: string;
  office: string;
  /** the box at the top: the sealing mark where the paper names her, else for whom it is */
  box: { strong: string; small: string } | null;
  refs: readonly { name: string; value: string }[];
  blocks: readonly Block[];
  /** null on forms, which have places of their own for signatures */
  sign: { closing: string; lines: readonly string[] } | null;
  /** words of the foot: how it is checked, the name of the mark, of the number and of a page, what the square of dots is */
  foot: { strong: string; text: string; code: string; mark: string; number: string; page: string; qr: string };
  /** said where a letter could not be printed, because no font of the house has it */
  unprinted: string;
  specimen: string | null;
};

/** A paper with what is only known when it is issued. */
export type Sheet = Paper & { reference: string; code: string; mark: string; missing: number };
