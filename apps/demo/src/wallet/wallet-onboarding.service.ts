import { randomUUID } from 'node:crypto';

import { HttpStatus, Inject, Injectable } from '@nestjs/common';
import {
  createPartnerReference,
  DokuAccessTokenService,
  DokuWalletService,
  readWalletAccountRedirect,
  readWalletBindingRedirect,
} from 'nestjs-doku';

import { isDokuError, notAvailable, nothingDone, toShopError } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { OneAtATime } from '../payments/one-at-a-time.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import type { OpenWalletDto } from './dto/open-wallet.dto.js';
import type { WalletAccount } from './wallet-account.js';
import { WalletAccountsStore } from './wallet-accounts.store.js';

/** Parameters of an address to which DOKU sends a browser back, or anybody else does. */
type Query = Readonly<Record<string, unknown>>;

/** Opens wallets and links them: each step leads to the next, and two of them over a page of DOKU. */
@Injectable()
export class WalletOnboarding {
  constructor(
    private readonly wallet: DokuWalletService,
    private readonly tokens: DokuAccessTokenService,
    private readonly accounts: WalletAccountsStore,
    private readonly steps: OneAtATime,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  /** Has DOKU send a code to the customer; asked again, another one. */
  open(customerId: string, { name, mobilePhone, email }: OpenWalletDto): Promise<void> {
    return this.step(customerId, 'open', async () => {
      const known = this.accounts.of(customerId);
      if (known && 'accountId' in known) {
        throw new ShopError('account-linked', HttpStatus.CONFLICT, 'You have a wallet already.');
      }
      // There is no account before the customer has set a PIN, so a lost answer leaves nothing to look up.
      const { forVerifyOtp } = await nothingDone(
        'DOKU did not answer. Nothing is opened; try again.',
        () =>
          this.wallet.createAccount({
            partnerReferenceNo: createPartnerReference(),
            name,
            phoneNo: mobilePhone,
            email,
            redirectUrl: `${this.settings.shopUrl}/wallet/opened`,
          }),
      );
      this.accounts.save({
        stage: 'code',
        customerId,
        phone: mobilePhone,
        references: forVerifyOtp,
        wrongCodes: 0,
      });
    });
  }

  /** Hands the code to DOKU. @returns where the browser has to go, so that the customer sets a PIN */
  confirm(customerId: string, otp: string): Promise<string> {
    return this.step(customerId, 'confirm', async () => {
      const account = this.accounts.of(customerId);
      if (account?.stage !== 'code') throw noCodeExpected();
      const { references, phone } = account;
      const pinPageUrl = await this.verify(account, otp);
      if (pinPageUrl === undefined) {
        throw notAvailable('DOKU did not say where to set the PIN. Begin again in a minute.');
      }
      const reference = references.originalPartnerReferenceNo;
      this.accounts.advance(account, { stage: 'pin', customerId, phone, reference });
      return pinPageUrl;
    });
  }

  /** On the customer's wish: what was begun and not finished is begun anew. */
  forget(customerId: string): void {
    const account = this.accounts.of(customerId);
    if (account && account.stage !== 'linked') this.accounts.advance(account, undefined);
  }

  /** A browser is back from the PIN page. Anybody can say so: it is only noted, for `look` to confirm. */
  noteOpened(customerId: string, query: Query): void {
    const account = this.accounts.of(customerId);
    if (account?.stage !== 'pin') return;
    const { accountId, partnerReferenceNo } = readWalletAccountRedirect(query).unverified;
    if (partnerReferenceNo !== account.reference) return;
    this.accounts.advance(account, { ...account, claimedId: accountId });
  }

  /** @returns where the browser has to go, so that the customer lets the shop use the wallet */
  link(customerId: string): Promise<string> {
    return this.step(customerId, 'link', async () => {
      const account = this.accounts.of(customerId);
      if (account?.stage !== 'open' && account?.stage !== 'linking') throw notOpened();
      const { accountId, phone } = account;
      const once = randomUUID();
      const { linkId, nextAction } = await nothingDone(
        'DOKU did not answer. Nothing is linked; try again.',
        () =>
          this.wallet.bindAccount({
            partnerReferenceNo: createPartnerReference(),
            redirectUrl: `${this.settings.shopUrl}/wallet/linked/${once}`,
            successParams: { accountId },
          }),
      );
      this.accounts.advance(account, {
        stage: 'linking',
        customerId,
        phone,
        accountId,
        once,
        linkId,
        hasReturned: false,
      });
      return nextAction;
    });
  }

  /**
   * A browser is back from the page of a link. Its authCode is exchanged at once: it stands in the browser's
   * history, and is worth nothing once it was used. Only who agreed has it, so that nobody gets a wallet by
   * sending the address of DOKU's page to its owner. Whether this link is in force, `look` asks DOKU.
   */
  async noteLinked(customerId: string, once: string, query: Query): Promise<void> {
    const account = this.accounts.of(customerId);
    if (account?.stage !== 'linking' || account.once !== once) return;
    const { authCode } = readWalletBindingRedirect(query).unverified;
    const { accessToken } = await this.tokens.getB2b2cToken({ customer: { authCode } });
    // Whose code it is, as far as DOKU tells.
    const { accountNo } = await this.wallet.inquireBalance({}, { customer: { accessToken } });
    if (accountNo !== undefined && accountNo !== account.accountId) return;
    this.accounts.advance(account, { ...account, hasReturned: true });
  }

  private step<Result>(
    customerId: string,
    name: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return this.steps.run(`wallet ${customerId}`, name, work);
  }

  private async verify(
    account: Extract<WalletAccount, { stage: 'code' }>,
    otp: string,
  ): Promise<string | undefined> {
    try {
      const { pinPageUrl } = await this.wallet.verifyOtp({ ...account.references, otp });
      return pinPageUrl;
    } catch (error) {
      if (!isDokuError(error)) throw error;
      if (error.outcome === 'unknown') {
        throw notAvailable(
          'DOKU did not answer, and the code may be used up. Begin again to get a new one.',
          error.externalId,
        );
      }
      const refusal = toShopError(error);
      const { code } = refusal instanceof ShopError ? refusal : {};
      if (code === 'otp-wrong') {
        this.accounts.advance(account, { ...account, wrongCodes: account.wrongCodes + 1 });
      }
      if (code === 'otp-blocked') this.accounts.advance(account, undefined);
      throw refusal;
    }
  }
}

function noCodeExpected(): ShopError {
  return new ShopError(
    'otp-not-expected',
    HttpStatus.CONFLICT,
    'No wallet waits for a code. Begin again.',
  );
}

function notOpened(): ShopError {
  return new ShopError(
    'account-not-linked',
    HttpStatus.CONFLICT,
    'There is no wallet to link, or it is linked already. Open one first.',
  );
}
