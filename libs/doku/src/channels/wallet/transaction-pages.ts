import { DokuError } from '../../errors/doku.error.js';
import { DokuUnavailableError } from '../../errors/doku-unavailable.error.js';
import { snapResponseCode } from '../../http/snap-response-codes.js';
import type { WalletTransaction, WalletTransactionPage } from './wallet.responses.js';

/** More than a customer does in a month: a server that never ends its list is broken. */
const MOST_PAGES = 1_000;
/** The SNAP standard's ceiling: who asks for more may get so many, and that page is not the last. */
const MOST_ROWS = 50;

/**
 * The rows of all pages. DOKU tells neither a total nor a next page, so that the list ends with a page that is
 * not full, or that is not found (reference wallet 16).
 *
 * @throws DokuUnavailableError when the list cannot be the customer's: the same full page twice, or no end
 */
export async function* rowsOfPages(
  pageSize: number,
  fetchPage: (pageNumber: number) => Promise<WalletTransactionPage>,
): AsyncGenerator<WalletTransaction, void, void> {
  const fullPage = Math.min(pageSize, MOST_ROWS);
  let previous: string | undefined;
  for (let pageNumber = 0; pageNumber < MOST_PAGES; pageNumber += 1) {
    const rows = await fetchPageOrNone(pageNumber, fetchPage);
    const page = JSON.stringify(rows);
    if (rows.length > 0 && page === previous) {
      throw brokenList(`page ${pageNumber} is the one before again`);
    }
    previous = page;
    yield* rows;
    if (rows.length < fullPage) return;
  }
  throw brokenList(`there is no end after ${MOST_PAGES} pages`);
}

async function fetchPageOrNone(
  pageNumber: number,
  fetchPage: (pageNumber: number) => Promise<WalletTransactionPage>,
): Promise<readonly WalletTransaction[]> {
  try {
    return (await fetchPage(pageNumber)).detailData;
  } catch (error) {
    if (pageNumber > 0 && isNotFound(error)) return [];
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof DokuError) || error.code !== 'refused') return false;
  const code = snapResponseCode(error.responseCode ?? '');
  return code?.httpStatus === 404 && code.case === '01';
}

function brokenList(problem: string): DokuUnavailableError {
  return new DokuUnavailableError(`wallet.listTransactions: ${problem}`, {
    operation: 'wallet.listTransactions',
    fix: 'Check baseUrl and the path of the operation; ask DOKU how it numbers the pages.',
  });
}
