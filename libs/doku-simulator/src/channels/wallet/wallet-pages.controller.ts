import { ServerResponse } from 'node:http';
import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { BindingBook } from '../../bank/binding-book.js';
import { SnapPaymentBook } from '../../bank/snap-payment-book.js';
import { showDecision, takeDecision, type Decision } from '../../pages/decision.js';
import { SnapDecisions } from '../../snap/snap-decisions.js';
import { WalletRegistrations } from './wallet-registrations.js';
import { askForConsent, askForPin, askForPurchase, WALLET_BADGE } from './wallet.pages.js';
import { WALLET } from './wallet.sandbox-rules.js';
import type { RawRequest } from '../../engine/raw-request.js';

/** The wallet's pages: `qparamsURL`, `nextAction` and `webRedirectUrl`. */
@Controller('wallet')
export class WalletPagesController {
  constructor(
    private readonly registrations: WalletRegistrations,
    private readonly bindings: BindingBook,
    private readonly payments: SnapPaymentBook,
    private readonly decisions: SnapDecisions,
  ) {}

  @Get('pin')
  showPin(
    @Query('token') token: string | undefined,
    @Query('action') action: string | undefined,
    @Res() response: ServerResponse,
  ): void {
    showDecision(this.findRegistration(token ?? action), response, WALLET_BADGE);
  }

  @Post('pin')
  decidePin(
    @Query('token') token: string | undefined,
    @Query('action') action: string | undefined,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    takeDecision(this.findRegistration(token ?? action), request, response, WALLET_BADGE);
  }

  @Get('binding')
  showBinding(@Query('token') token: string | undefined, @Res() response: ServerResponse): void {
    showDecision(this.findBinding(token), response, WALLET_BADGE);
  }

  @Post('binding')
  decideBinding(
    @Query('token') token: string | undefined,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    takeDecision(this.findBinding(token), request, response, WALLET_BADGE);
  }

  @Get('purchase')
  showPurchase(@Query('token') token: string | undefined, @Res() response: ServerResponse): void {
    showDecision(this.findPurchase(token), response, WALLET_BADGE);
  }

  @Post('purchase')
  decidePurchase(
    @Query('token') token: string | undefined,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    takeDecision(this.findPurchase(token), request, response, WALLET_BADGE);
  }

  /** The page opens when the OTP has been verified. */
  private findRegistration(token: string | undefined): Decision | undefined {
    const registration = this.registrations.find(token ?? '');
    if (registration === undefined || registration.state === 'OTP') return undefined;
    return {
      question: askForPin(registration),
      isPending: () => registration.state === 'PENDING',
      state: () => registration.state,
      approve: () => {
        this.registrations.approve(registration);
      },
      decline: () => {
        this.registrations.decline(registration);
      },
      countWrongEntry: () => this.registrations.countWrongEntry(registration),
      next: () => this.registrations.landingOf(registration),
    };
  }

  private findBinding(token: string | undefined): Decision | undefined {
    const binding = this.bindings.find(token ?? '');
    if (binding?.channel !== WALLET) return undefined;
    return this.decisions.ofBinding(binding, askForConsent(binding));
  }

  private findPurchase(token: string | undefined): Decision | undefined {
    const payment = this.payments.byPage(token ?? '');
    if (payment?.channel !== WALLET) return undefined;
    return this.decisions.ofPayment(payment, askForPurchase(payment));
  }
}
