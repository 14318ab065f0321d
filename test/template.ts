// The name of the database that test files clone.
export const TEMPLATE = 'itsso_template';
