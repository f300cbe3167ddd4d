import { HttpStatus, Inject, Injectable } from '@nestjs/common';
import {
  AlloDirectDebitService,
  type DokuCallOptions,
  type DokuError,
  snapResponseCode,
} from 'nestjs-doku';

import type { CustomerDevice } from '../customers/customer-cookie.js';
import { maskedPhone } from '../customers/masked-phone.js';
import { isCustomerRefused } from '../errors/customer-refused.js';
import { isDokuError, notAvailable } from '../errors/gateway-failure.js';
import { ShopError } from '../errors/shop.error.js';
import { wholeRupiah } from '../orders/rupiah.js';
import { OneAtATime } from '../payments/one-at-a-time.js';
import { isDokuAddress, type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import { type AlloAccount, AlloAccountsStore, type EndOfLink } from './allo-accounts.store.js';

/** A customer's account as the page sees it. */
export interface AlloAccountView {
  readonly state: 'none' | 'pending' | 'linked';
  /** Such as `0812 ···· 7890`. */
  readonly phone: string | null;
  /** Whole rupiah. */
  readonly balance: number | null;
  /** Why there is none, if DOKU ended it. */
  readonly end: EndOfLink | null;
}

/** Links Allo accounts to customers, and calls DOKU on their behalf. */
@Injectable()
export class AlloAccountsService {
  constructor(
    private readonly allo: AlloDirectDebitService,
    private readonly accounts: AlloAccountsStore,
    private readonly steps: OneAtATime,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  /** @returns where the browser has to go, so that the customer agrees on Allo's page */
  link(customerId: string, phone: string, device: CustomerDevice): Promise<string> {
    return this.steps.run(`allo ${customerId}`, 'link', async () => {
      if (this.accounts.of(customerId)?.state === 'linked') {
        throw new ShopError(
          'account-linked',
          HttpStatus.CONFLICT,
          'You have linked an account already. Unlink it first.',
        );
      }
      // Both ways back lead to the same page: where a browser lands proves nothing.
      const back = `${this.settings.shopUrl}/?back=allo`;
      const binding = await this.bind(phone, device, {
        custIdMerchant: customerId,
        successRegistrationUrl: back,
        failedRegistrationUrl: back,
        deviceModel: 'Web browser',
        // DOKU knows ios and android only.
        osType: 'android',
        channelId: 'web',
        customerName: 'Demo Customer',
      });
      if (binding.status === 'in-progress') {
        throw notAvailable('Allo is still at it. Nothing is linked yet; try again in a minute.');
      }
      this.accounts.begin({ authCode: binding.additionalInfo.authCode, customerId, phone });
      return binding.redirectUrl;
    });
  }

  /** The account with its balance. That the balance can be read shows that the account is linked. */
  async look(customerId: string, device: CustomerDevice): Promise<AlloAccountView> {
    if (!this.accounts.of(customerId)) return this.view(customerId);
    try {
      const balance = await this.readBalance(customerId, device);
      return this.view(customerId, balance);
    } catch (error) {
      if (error instanceof ShopError && error.code === 'account-not-linked') {
        return this.view(customerId);
      }
      throw error;
    }
  }

  /**
   * @returns whole rupiah; `undefined` when DOKU's answer cannot be understood
   * @throws ShopError when the account is not linked, or not any more
   */
  async readBalance(customerId: string, device: CustomerDevice): Promise<number | undefined> {
    const account = this.accounts.of(customerId);
    const { accountInfos } = await this.call(customerId, device, (options) =>
      this.allo.inquireBalance({}, options),
    );
    if (account) this.accounts.confirm(account);
    // DOKU does not document the types; of several without this one, none is taken on a guess.
    const money =
      accountInfos.find(({ balanceType }) => balanceType === 'BALANCE') ??
      (accountInfos.length === 1 ? accountInfos[0] : undefined);
    return wholeRupiah(money?.amount?.value);
  }

  /** Ends the link at DOKU, and forgets the account. */
  unlink(customerId: string, device: CustomerDevice): Promise<void> {
    return this.steps.run(`allo ${customerId}`, 'unlink', async () => {
      const account = this.accounts.of(customerId);
      if (account?.state !== 'linked') throw notLinked();
      try {
        const { status } = await this.allo.unbindAccount({}, this.optionsFor(account, device));
        if (status === 'in-progress') {
          throw notAvailable('Allo is still at it. Unlink it again in a minute.');
        }
      } catch (error) {
        if (isDokuError(error) && error.outcome === 'unknown') {
          throw new ShopError(
            'outcome-unknown',
            HttpStatus.BAD_GATEWAY,
            'Allo did not answer, so we do not know yet whether the account is unlinked. Pressing again is safe.',
            error.externalId,
          );
        }
        // What DOKU does not know any more, it has unlinked.
        if (!isCustomerRefused(error)) throw error;
      }
      this.accounts.remove(account);
    });
  }

  /** @throws ShopError when the customer has linked no account, or DOKU takes it no more */
  async call<Result>(
    customerId: string,
    device: CustomerDevice,
    make: (options: DokuCallOptions) => Promise<Result>,
  ): Promise<Result> {
    const account = this.accounts.of(customerId);
    if (!account) throw notLinked();
    try {
      return await make(this.optionsFor(account, device));
    } catch (error) {
      if (!isCustomerRefused(error)) throw error;
      // Refused before it was ever linked, the customer has only not finished on Allo's page.
      if (account.state === 'linked') this.accounts.remove(account, 'ended');
      throw notLinked();
    }
  }

  private async bind(
    phoneNo: string,
    device: CustomerDevice,
    additionalInfo: Parameters<AlloDirectDebitService['bindAccount']>[0]['additionalInfo'],
  ): ReturnType<AlloDirectDebitService['bindAccount']> {
    try {
      return await this.allo.bindAccount(
        { phoneNo, additionalInfo },
        { ipAddress: this.addressOf(device), deviceId: device.id },
      );
    } catch (error) {
      if (!isDokuError(error)) throw error;
      if (error.outcome === 'unknown') {
        throw notAvailable('Allo did not answer. Nothing is linked; try again.', error.externalId);
      }
      if (!isTaken(error)) throw error;
      throw new ShopError(
        'account-taken',
        HttpStatus.CONFLICT,
        'Allo does not allow it: most likely the account is linked to another customer. Unlink it there first, or use another number.',
        error.externalId,
      );
    }
  }

  private optionsFor({ authCode }: AlloAccount, device: CustomerDevice): DokuCallOptions {
    return { customer: { authCode }, ipAddress: this.addressOf(device) };
  }

  // DOKU takes IPv4 of 10 to 15 characters only; who comes from elsewhere comes from the shop's own address.
  private addressOf({ address }: CustomerDevice): string {
    return isDokuAddress(address) ? address : this.settings.ipAddress;
  }

  private view(customerId: string, balance?: number): AlloAccountView {
    const account = this.accounts.of(customerId);
    return {
      state: account?.state ?? 'none',
      phone: account ? maskedPhone(account.phone) : null,
      balance: balance ?? null,
      end: account ? null : (this.accounts.endOf(customerId) ?? null),
    };
  }
}

function isTaken({ responseCode = '' }: DokuError): boolean {
  const code = snapResponseCode(responseCode);
  return code?.httpStatus === 403 && code.case === '15';
}

function notLinked(): ShopError {
  return new ShopError(
    'account-not-linked',
    HttpStatus.CONFLICT,
    'No Allo account is linked. Link yours first; nothing was charged.',
  );
}
