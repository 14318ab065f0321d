// What both forms of this page are given: what was refused of them, and what had been typed.
export type Asked = { errors: { path: string; code: string }[] | undefined; kept: (name: string) => string };
