// What is asked of the ledger, read from an address: the same for the page and for its table.
import { type LedgerForm, ledgerForm } from '#audit';

/** The filters of an address; undefined when one of them cannot be. */
export function askedOf(params: URLSearchParams): LedgerForm | undefined {
  const { success, data } = ledgerForm.safeParse(Object.fromEntries(params));
  return success ? data : undefined;
}
