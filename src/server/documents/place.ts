// Where the key of a paper belongs: it opens nowhere else.
/** Where the key of a paper belongs. */
export const placeOf = (row: { id: string; file: string }): string => `document|${row.id}|${row.file}`;
