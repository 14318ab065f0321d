// One of the two hydrated pages: it renews itself as things happen.
export const csr = true;
