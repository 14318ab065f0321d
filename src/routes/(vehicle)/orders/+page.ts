// One of the two hydrated pages: it sends where the vehicle is and sounds when an order comes.
export const csr = true;
