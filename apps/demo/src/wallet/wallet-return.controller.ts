import { Controller, Get, Logger, Param, Query, Redirect } from '@nestjs/common';

import { CustomerId } from '../customers/customer.decorators.js';
import { isDokuError } from '../errors/gateway-failure.js';
import { WalletOnboarding } from './wallet-onboarding.service.js';

/** The page asks the shop how the wallet stands: what is in the address proves nothing. */
const WALLET_PAGE = '/wallet?back=1';

/** Where DOKU sends browsers back. Secrets in the address are used up here, and go no further. */
@Controller('wallet')
export class WalletReturnController {
  private readonly logger = new Logger(WalletReturnController.name);

  constructor(private readonly onboarding: WalletOnboarding) {}

  @Get('opened')
  @Redirect(WALLET_PAGE)
  opened(
    @CustomerId() customerId: string,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.take('opened', () => {
      this.onboarding.noteOpened(customerId, query);
      return Promise.resolve();
    });
  }

  @Get('linked/:once')
  @Redirect(WALLET_PAGE)
  linked(
    @CustomerId() customerId: string,
    @Param('once') once: string,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.take('linked', () => this.onboarding.noteLinked(customerId, once, query));
  }

  /** What cannot be taken is no reason to show an error: the wallet's page says what is missing. */
  private async take(what: string, note: () => Promise<void>): Promise<void> {
    try {
      await note();
    } catch (error) {
      if (!isDokuError(error)) throw error;
      this.logger.warn(`a browser's return to wallet/${what} was not taken: ${error.code}`);
    }
  }
}
