import type { ServerResponse } from 'node:http';
import { HttpException } from '@nestjs/common';
import { triesLeft } from '../bank/otp-attempts.js';
import { sendPage } from '../console/page-frame.js';
import { toHeaderAddress } from '../engine/web-address.js';
import { DecisionRefused } from '../snap/snap-decision.js';
import { renderNotice, renderQuestion, type Question } from './question-page.js';
import type { RawRequest } from '../engine/raw-request.js';

/** Something that a customer decides on a page: a registration, a binding, a payment. */
export interface Decision {
  readonly question: Question;
  readonly isPending: () => boolean;
  /** Where it stands, for one who comes again. */
  readonly state: () => string;
  readonly approve: () => void;
  readonly decline: () => void;
  /** Answers how many tries are left; the last one decides. */
  readonly countWrongEntry: () => number;
  /** Where the browser goes, once it is decided. */
  readonly next: () => string | undefined;
}

/** Shows the question, or that there is none. */
export function showDecision(
  decision: Decision | undefined,
  response: ServerResponse,
  badge: string,
): void {
  if (decision === undefined) {
    const text = 'Nothing waits at this address. Begin again in the shop.';
    sendPage(response, 404, renderNotice(badge, 'Unknown address', text));
  } else if (decision.isPending()) {
    sendPage(response, 200, renderQuestion(badge, decision.question));
  } else {
    sendDecided(decision, response, badge);
  }
}

/** Takes the customer's answer, and sends the browser on. */
export function takeDecision(
  decision: Decision | undefined,
  request: RawRequest,
  response: ServerResponse,
  badge: string,
): void {
  if (decision?.isPending() !== true) {
    showDecision(decision, response, badge);
    return;
  }
  const form = new URLSearchParams(request.rawBody?.toString('utf8') ?? '');
  const problem = apply(decision, form);
  if (problem !== undefined) {
    sendPage(response, 400, renderQuestion(badge, decision.question, problem));
    return;
  }
  const target = decision.next();
  if (target === undefined) {
    sendDecided(decision, response, badge);
    return;
  }
  response.writeHead(303, { Location: toHeaderAddress(target), 'Content-Length': 0 });
  response.end();
}

/** Answers what the customer has to mend; `undefined` when it is decided, one way or the other. */
function apply(decision: Decision, form: URLSearchParams): string | undefined {
  switch (form.get('action')) {
    case 'approve': {
      const { entries } = decision.question;
      if (entries.some(({ name, right }) => form.get(name) !== right)) {
        const left = decision.countWrongEntry();
        if (left <= 0) return undefined;
        const names = entries.map(({ label }) => `the ${label}`).join(' or ');
        return `T${names.slice(1)} is wrong; ${triesLeft(left)}.`;
      }
      try {
        decision.approve();
      } catch (error) {
        // It is declined then, since the account has found another owner.
        if (!(error instanceof DecisionRefused)) throw error;
      }
      return undefined;
    }
    case 'decline':
      decision.decline();
      return undefined;
    default:
      throw new HttpException('"action" must be "approve" or "decline".', 400);
  }
}

function sendDecided(decision: Decision, response: ServerResponse, badge: string): void {
  const text = 'This link has been used and cannot be used again.';
  sendPage(response, 200, renderNotice(badge, `It is ${decision.state().toLowerCase()}`, text));
}
