import { isObject } from '../../http/members.js';
import { isWebUrl } from '../../validation/formats.js';
import { type Members, membersOf, named, type Progress } from '../snap-direct-debit/snap-answer.js';

/** The answer in one spelling, and the address of the PIN page that DOKU tells in two parts. */
export function readOtpVerification(answer: Members): Members {
  const spelled = named('qparamsURL', 'qParamsURL', named('qparams', 'qParams', answer));
  const page = pinPage(spelled.qparamsURL, spelled.qparams);
  return page === undefined ? spelled : { ...spelled, pinPageUrl: page };
}

/** Documents disagree on which member it is, `token` or `action`: whatever is there goes into the query. */
function pinPage(address: unknown, members: unknown): string | undefined {
  if (typeof address !== 'string' || !isWebUrl(address) || !isObject(members)) return undefined;
  const page = new URL(address);
  for (const [name, value] of Object.entries(members)) {
    if (typeof value === 'string' || typeof value === 'number') {
      page.searchParams.append(name, String(value));
    }
  }
  return page.href;
}

/** One balance or several, in one spelling. */
export function readBalance(answer: Members): Members {
  const { accountInfos } = answer;
  return {
    ...answer,
    accountInfos: listOf(isObject(accountInfos) ? [accountInfos] : accountInfos).map((info) =>
      isObject(info)
        ? named('availableBalance', 'avaliableBalance', named('floatAmount', 'flatAmount', info))
        : info,
    ),
  };
}

/** A purchase is nothing to wait for unless there is a page. */
export function readPurchase(answer: unknown, progress: Progress): Members | undefined {
  const members = membersOf(answer, progress);
  if (!members) return undefined;
  const hasPage = progress === 'done' && isWebUrl(members.webRedirectUrl);
  return { ...members, status: hasPage ? 'page-created' : 'in-progress' };
}

/** A page of the history. */
export function readTransactionPage(answer: Members): Members {
  return { ...answer, detailData: listOf(answer.detailData) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
