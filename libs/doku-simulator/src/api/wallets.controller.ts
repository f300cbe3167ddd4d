import {
  BadRequestException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import { WalletAccounts, partyOf, type WalletAccount } from '../channels/wallet/wallet-accounts.js';
import { WalletHoldings } from '../channels/wallet/wallet-holdings.js';
import { WalletOnboarding } from '../channels/wallet/wallet-onboarding.js';
import {
  WalletRegistrations,
  type WalletRegistration,
} from '../channels/wallet/wallet-registrations.js';
import { MerchantDirectory, type Merchant } from '../engine/merchants.js';
import { createDigits } from '../snap/reference-numbers.js';
import { toAmount, toSen } from '../snap/snap-amount.js';
import { SnapBindings } from '../snap/snap-bindings.js';
import { ApiInput, JsonBody } from './api-input.js';
import { refusalAsBadRequest } from './decision.js';
import type { JsonObject } from '../engine/json.js';

const AMOUNT = /^[0-9]{1,16}\.[0-9]{2}$/;
const PHONE = /^(0|62)[0-9]{7,14}$/;

/** A wallet with what it holds, as on the wire. */
type WalletState = WalletAccount & { readonly party: string; readonly balance: string };

/** Shows wallets, makes them, and decides registrations without a browser. */
@Controller('_simulator')
export class WalletsController {
  constructor(
    private readonly accounts: WalletAccounts,
    private readonly holdings: WalletHoldings,
    private readonly registrations: WalletRegistrations,
    private readonly onboarding: WalletOnboarding,
    private readonly bindings: SnapBindings,
    private readonly merchants: MerchantDirectory,
  ) {}

  /** What every party holds; money only moves between them, so that `sum` stays 0. */
  @Get('wallets')
  list(): object {
    const wallets = this.accounts.all().map((account) => this.describe(account));
    const own = new Set(wallets.map(({ party }) => party));
    const all = this.holdings.all();
    return {
      wallets,
      others: all
        .filter(([party]) => !own.has(party))
        .map(([party, sen]) => ({ party, balance: signed(sen) })),
      sum: signed(all.reduce((sum, [, sen]) => sum + sen, 0n)),
    };
  }

  /** Makes a wallet, or changes what one holds; bound at once when asked for. */
  @Post('wallets')
  open(@JsonBody() body: JsonObject): object {
    const input = new ApiInput(body).allowOnly(
      'phoneNo',
      'name',
      'email',
      'balance',
      'clientId',
      'bind',
    );
    const phoneNo = input.text('phoneNo');
    if (!PHONE.test(phoneNo)) {
      throw new BadRequestException('"phoneNo" must be digits that begin with 08 or 628.');
    }
    const balance = input.optionalText('balance');
    if (balance !== undefined && !AMOUNT.test(balance)) {
      throw new BadRequestException('"balance" must be a text such as "50000.00".');
    }
    const name = input.optionalText('name') ?? `Customer ${phoneNo}`;
    const email = input.optionalText('email') ?? `${phoneNo}@example.com`;
    const shouldBind = input.optionalBoolean('bind') ?? false;
    const merchant = this.findMerchant(input.optionalText('clientId'));
    const account = this.accounts.open({ phoneNo, name, email }, merchant.clientId);
    if (balance !== undefined) this.accounts.setBalance(account, toSen(balance));
    return {
      wallet: this.describe(account),
      ...(shouldBind && this.bind(account, merchant)),
    };
  }

  @Get('wallet-registrations')
  listRegistrations(): WalletRegistration[] {
    return this.registrations.all();
  }

  @Post('wallet-registrations/:id/approve')
  @HttpCode(200)
  approve(@Param('id') id: string, @JsonBody() body: JsonObject): object {
    return this.decide(id, body, (registration) => {
      this.registrations.approve(registration);
    });
  }

  @Post('wallet-registrations/:id/decline')
  @HttpCode(200)
  decline(@Param('id') id: string, @JsonBody() body: JsonObject): object {
    return this.decide(id, body, (registration) => {
      this.registrations.decline(registration);
    });
  }

  private decide(
    id: string,
    body: JsonObject,
    decision: (registration: WalletRegistration) => void,
  ): { registration: WalletRegistration; redirectUrl: string } {
    new ApiInput(body).allowOnly();
    const registration = this.registrations.find(id);
    if (registration === undefined) {
      throw new NotFoundException(
        `No wallet registration has id "${id}"; it is the token of the PIN page.`,
      );
    }
    refusalAsBadRequest(() => {
      decision(registration);
    });
    return { registration, redirectUrl: this.registrations.landingOf(registration) };
  }

  private bind(account: WalletAccount, merchant: Merchant): object {
    const call = { merchant, externalId: createDigits(24) };
    const binding = this.onboarding.open(account, call, 'https://merchant.invalid/bound');
    this.bindings.approve(binding);
    const landing = new URL(this.bindings.landingOf(binding));
    return { binding, authCode: landing.searchParams.get('authCode') };
  }

  private describe(account: WalletAccount): WalletState {
    const balance = signed(this.accounts.balanceOf(account));
    return { ...account, party: partyOf(account), balance };
  }

  private findMerchant(clientId = this.merchants.all[0]?.clientId ?? ''): Merchant {
    const merchant = this.merchants.find(clientId);
    if (merchant === undefined) {
      throw new BadRequestException(`"clientId" cannot be "${clientId}"; it is not known here.`);
    }
    return merchant;
  }
}

function signed(sen: bigint): string {
  return sen < 0n ? `-${toAmount(-sen).value}` : toAmount(sen).value;
}
