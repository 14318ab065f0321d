// The shape that English must share with Hindi: the same keys, texts where Hindi has texts, the same parameters.
export type Same<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...told: infer P) => string
      ? (...told: P) => string
      : Same<T[K]>;
};

/** The two languages of every page. Hindi is the source. */
export type Lang = 'hi' | 'en';
