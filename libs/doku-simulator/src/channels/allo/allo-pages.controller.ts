import { ServerResponse } from 'node:http';
import { Controller, Get, HttpException, Param, Post, Req, Res } from '@nestjs/common';
import { BindingBook } from '../../bank/binding-book.js';
import { SnapPaymentBook } from '../../bank/snap-payment-book.js';
import { sendPage } from '../../console/page-frame.js';
import { toHeaderAddress } from '../../engine/web-address.js';
import { SnapBindings } from '../../snap/snap-bindings.js';
import { AT_ONCE, DecisionRefused } from '../../snap/snap-decision.js';
import { SnapPayments } from '../../snap/snap-payments.js';
import { ALLO_OTP, ALLO_PIN } from './allo.sandbox-rules.js';
import { renderBinding, renderNotice, renderPayment } from './allo.pages.js';
import type { RawRequest } from '../../engine/raw-request.js';

/** Something that a customer decides on a page, whether a binding or a payment. */
interface Decision {
  readonly isPending: () => boolean;
  /** Where it stands, for one who comes again. */
  readonly state: () => string;
  readonly render: (problem?: string) => string;
  readonly approve: () => void;
  readonly decline: () => void;
  /** Answers how many tries are left. */
  readonly countWrongEntry: () => number;
  /** Where the browser goes, once it is decided. */
  readonly next: () => string | undefined;
}

/** The bank's pages, where the customer's browser goes (`redirectUrl` and `webRedirectUrl`). */
@Controller('direct-debit/ui')
export class AlloPagesController {
  constructor(
    private readonly bindingBook: BindingBook,
    private readonly bindings: SnapBindings,
    private readonly paymentBook: SnapPaymentBook,
    private readonly payments: SnapPayments,
  ) {}

  @Get('binding/core/:authCode')
  showBinding(@Param('authCode') authCode: string, @Res() response: ServerResponse): void {
    show(this.findBinding(authCode), response);
  }

  @Post('binding/core/:authCode')
  decideBinding(
    @Param('authCode') authCode: string,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    decide(this.findBinding(authCode), request, response);
  }

  @Get('payment/core/:pageId')
  showPayment(@Param('pageId') pageId: string, @Res() response: ServerResponse): void {
    show(this.findPayment(pageId), response);
  }

  @Post('payment/core/:pageId')
  decidePayment(
    @Param('pageId') pageId: string,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    decide(this.findPayment(pageId), request, response);
  }

  private findBinding(authCode: string): Decision | undefined {
    const binding = this.bindingBook.find(authCode);
    if (binding === undefined) return undefined;
    return {
      isPending: () => binding.state === 'PENDING',
      state: () => binding.state,
      render: (problem) => renderBinding(binding, problem),
      approve: () => {
        this.bindings.approve(binding);
      },
      decline: () => {
        this.bindings.decline(binding);
      },
      countWrongEntry: () => this.bindings.countWrongEntry(binding),
      next: () => (binding.state === 'BOUND' ? binding.successUrl : binding.failedUrl),
    };
  }

  private findPayment(pageId: string): Decision | undefined {
    const payment = this.paymentBook.byPage(pageId);
    if (payment === undefined) return undefined;
    return {
      isPending: () => payment.status === 'PENDING',
      state: () => payment.status,
      render: (problem) => renderPayment(payment, problem),
      approve: () => {
        this.payments.approve(payment, AT_ONCE);
      },
      decline: () => {
        this.payments.decline(payment, AT_ONCE);
      },
      countWrongEntry: () => this.payments.countWrongEntry(payment, AT_ONCE),
      next: () => (payment.status === 'SUCCESS' ? payment.successUrl : payment.failedUrl),
    };
  }
}

function show(decision: Decision | undefined, response: ServerResponse): void {
  if (decision === undefined) sendUnknown(response);
  else if (decision.isPending()) sendPage(response, 200, decision.render());
  else sendDecided(response, decision);
}

function decide(
  decision: Decision | undefined,
  request: RawRequest,
  response: ServerResponse,
): void {
  if (decision?.isPending() !== true) {
    show(decision, response);
    return;
  }
  const form = new URLSearchParams(request.rawBody?.toString('utf8') ?? '');
  const problem = apply(decision, form);
  if (problem !== undefined) {
    sendPage(response, 400, decision.render(problem));
    return;
  }
  const target = decision.next();
  if (target === undefined) {
    sendDecided(response, decision);
    return;
  }
  response.writeHead(303, { Location: toHeaderAddress(target), 'Content-Length': 0 });
  response.end();
}

/** Answers what the customer has to mend; `undefined` when it is decided, one way or the other. */
function apply(decision: Decision, form: URLSearchParams): string | undefined {
  switch (form.get('action')) {
    case 'approve': {
      if (form.get('otp') !== ALLO_OTP || form.get('pin') !== ALLO_PIN) {
        const left = decision.countWrongEntry();
        if (left <= 0) return undefined;
        return `The OTP or the PIN is wrong; ${left} ${left === 1 ? 'try' : 'tries'} left.`;
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

function sendUnknown(response: ServerResponse): void {
  const text = 'Nothing waits at this address. Begin again in the shop.';
  sendPage(response, 404, renderNotice('Unknown address', text));
}

function sendDecided(response: ServerResponse, decision: Decision): void {
  const text = 'This link has been used and cannot be used again.';
  sendPage(response, 200, renderNotice(`It is ${decision.state().toLowerCase()}`, text));
}
