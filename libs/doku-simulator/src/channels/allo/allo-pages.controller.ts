import { ServerResponse } from 'node:http';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { BindingBook } from '../../bank/binding-book.js';
import { SnapPaymentBook } from '../../bank/snap-payment-book.js';
import { showDecision, takeDecision, type Decision } from '../../pages/decision.js';
import { SnapChannels } from '../../snap/snap-channels.js';
import { SnapDecisions } from '../../snap/snap-decisions.js';
import { askForBinding, askForPayment, badgeOf } from './allo.pages.js';
import type { RawRequest } from '../../engine/raw-request.js';

/** The bank's pages, where the customer's browser goes (`redirectUrl` and `webRedirectUrl`). */
@Controller('direct-debit/ui')
export class AlloPagesController {
  constructor(
    private readonly bindings: BindingBook,
    private readonly payments: SnapPaymentBook,
    private readonly decisions: SnapDecisions,
    private readonly channels: SnapChannels,
  ) {}

  @Get('binding/core/:authCode')
  showBinding(@Param('authCode') authCode: string, @Res() response: ServerResponse): void {
    showDecision(this.findBinding(authCode), response, this.badge(this.bindings.find(authCode)));
  }

  @Post('binding/core/:authCode')
  decideBinding(
    @Param('authCode') authCode: string,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    const badge = this.badge(this.bindings.find(authCode));
    takeDecision(this.findBinding(authCode), request, response, badge);
  }

  @Get('payment/core/:pageId')
  showPayment(@Param('pageId') pageId: string, @Res() response: ServerResponse): void {
    showDecision(this.findPayment(pageId), response, this.badge(this.payments.byPage(pageId)));
  }

  @Post('payment/core/:pageId')
  decidePayment(
    @Param('pageId') pageId: string,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    const badge = this.badge(this.payments.byPage(pageId));
    takeDecision(this.findPayment(pageId), request, response, badge);
  }

  /** Pages of other channels are elsewhere. */
  private findBinding(authCode: string): Decision | undefined {
    const binding = this.bindings.find(authCode);
    if (binding === undefined || binding.page !== undefined) return undefined;
    return this.decisions.ofBinding(binding, askForBinding(binding, this.titleOf(binding)));
  }

  private findPayment(pageId: string): Decision | undefined {
    const payment = this.payments.byPage(pageId);
    if (payment === undefined || payment.page !== undefined) return undefined;
    return this.decisions.ofPayment(payment, askForPayment(payment, this.titleOf(payment)));
  }

  private badge(subject: { readonly channel: string } | undefined): string {
    return badgeOf(this.titleOf(subject));
  }

  private titleOf(subject: { readonly channel: string } | undefined): string {
    return this.channels.find(subject?.channel)?.title ?? 'Bank';
  }
}
