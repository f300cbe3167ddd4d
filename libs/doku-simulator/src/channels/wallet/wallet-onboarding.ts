import { Injectable } from '@nestjs/common';
import { BindingBook, type Binding } from '../../bank/binding-book.js';
import { requiredTextAt } from '../../engine/field-rules.js';
import { PublicAddress } from '../../engine/public-address.js';
import { Settings } from '../../engine/settings.js';
import { withQuery } from '../../engine/web-address.js';
import { DEFAULT_AUTH_CODE_SECRET_KEY } from '../../simulator-options.js';
import { AuthCodes } from '../../snap/auth-codes.js';
import { createDigits, createReferenceNo } from '../../snap/reference-numbers.js';
import { SnapBindings } from '../../snap/snap-bindings.js';
import { SnapError } from '../../snap/snap-error.js';
import { encryptAuthCode } from './auth-code-cipher.js';
import { WalletAccounts, type WalletAccount } from './wallet-accounts.js';
import { WalletOtps } from './wallet-otps.js';
import { WalletReferences } from './wallet-references.js';
import { WalletRegistrations, type WalletRegistration } from './wallet-registrations.js';
import { WALLET } from './wallet.sandbox-rules.js';
import type { JsonObject } from '../../engine/json.js';
import type { SnapCall } from '../../snap/snap-operation.js';

/** Registration, binding and unbinding (wallet reference D). */
@Injectable()
export class WalletOnboarding {
  constructor(
    private readonly accounts: WalletAccounts,
    private readonly registrations: WalletRegistrations,
    private readonly otps: WalletOtps,
    private readonly references: WalletReferences,
    private readonly bindings: SnapBindings,
    private readonly bindingBook: BindingBook,
    private readonly authCodes: AuthCodes,
    private readonly address: PublicAddress,
    private readonly settings: Settings,
  ) {}

  createAccount(call: SnapCall): JsonObject {
    return this.references.once('wallet.createAccount', call, () => {
      const { merchant, body } = call;
      const phoneNo = requiredTextAt(body, 'phoneNo');
      this.otps.demandUnblocked(phoneNo);
      const registration = this.registrations.begin({
        clientId: merchant.clientId,
        partnerReferenceNo: requiredTextAt(body, 'partnerReferenceNo'),
        referenceNo: createReferenceNo(),
        name: requiredTextAt(body, 'name'),
        phoneNo,
        email: requiredTextAt(body, 'email'),
        redirectUrl: requiredTextAt(body, 'redirectUrl'),
      });
      const { clientId, partnerReferenceNo, referenceNo } = registration;
      this.otps.send({
        clientId,
        partnerReferenceNo,
        referenceNo,
        phoneNo,
        onVerified: () => {
          this.registrations.openPage(registration);
          return {
            email: registration.email,
            phoneNo,
            sendOtpFlag: 'N',
            ...this.describePage(registration),
          };
        },
      });
      return { referenceNo, partnerReferenceNo };
    });
  }

  verifyOtp({ merchant, body }: SnapCall): JsonObject {
    const references = {
      partnerReferenceNo: requiredTextAt(body, 'originalPartnerReferenceNo'),
      referenceNo: requiredTextAt(body, 'originalReferenceNo'),
    };
    const otp = requiredTextAt(body, 'otp');
    const members = this.otps.verify(merchant.clientId, references, otp);
    return {
      originalPartnerReferenceNo: references.partnerReferenceNo,
      originalReferenceNo: references.referenceNo,
      ...members,
      additionalInfo: {},
    };
  }

  bindAccount(call: SnapCall): JsonObject {
    return this.references.once('wallet.bindAccount', call, () => {
      const { body } = call;
      const account = this.findAccount(call, requiredTextAt(body, 'successParams.accountId'));
      const redirectUrl = requiredTextAt(body, 'redirectUrl');
      const binding = this.open(account, call, redirectUrl);
      return {
        referenceNo: binding.referenceNo,
        partnerReferenceNo: requiredTextAt(body, 'partnerReferenceNo'),
        linkId: binding.authCode,
        nextAction: `${this.address.url}/${binding.page ?? ''}`,
        redirectUrl,
        userInfo: { publicUserId: account.accountId },
      };
    });
  }

  inquireAccount(call: SnapCall): JsonObject {
    const { merchant, body } = call;
    const account = this.findAccount(call, requiredTextAt(body, 'additionalInfo.accountId'));
    const binding = this.bindingBook.ofAccount(WALLET, account.phoneNo, merchant.clientId);
    const key = merchant.authCodeSecretKey ?? DEFAULT_AUTH_CODE_SECRET_KEY;
    return {
      partnerReferenceNo: requiredTextAt(body, 'partnerReferenceNo'),
      additionalInfo: {
        ...(binding !== undefined && {
          linkId: binding.authCode,
          authCode: encryptAuthCode(this.authCodes.issue(binding), key),
        }),
        remarks: binding === undefined ? 'Account is not bound' : '',
        merchantId: merchant.clientId,
      },
    };
  }

  unbindAccount(call: SnapCall): JsonObject {
    return this.references.once('wallet.unbindAccount', call, () => {
      const { merchant, body } = call;
      const { clientId } = merchant;
      const linkId = requiredTextAt(body, 'linkId');
      const merchantId = requiredTextAt(body, 'merchantId');
      if (merchantId !== clientId) {
        throw new SnapError(
          404,
          '08',
          `Invalid Merchant: merchantId must be the client id "${clientId}", not "${merchantId}".`,
        );
      }
      const binding = this.bindingBook.find(linkId);
      if (binding?.clientId !== clientId || binding.channel !== WALLET || !isBound(binding)) {
        throw new SnapError(
          404,
          '11',
          `Invalid Card/Account/Customer: no bound account of this merchant has linkId "${linkId}".`,
        );
      }
      const { phoneNo } = binding;
      this.otps.demandUnblocked(phoneNo);
      const partnerReferenceNo = requiredTextAt(body, 'partnerReferenceNo');
      const referenceNo = createReferenceNo();
      this.otps.send({
        clientId,
        partnerReferenceNo,
        referenceNo,
        phoneNo,
        onVerified: () => {
          // It may have ended since: by another unbinding, or because the customer bound anew.
          if (isBound(binding)) this.bindings.end(binding);
          return { phoneNo, sendOtpFlag: 'N' };
        },
      });
      return { referenceNo, partnerReferenceNo, merchantId, linkId, unlinkResult: 'success' };
    });
  }

  /** A binding that waits for the customer's consent, without a call: for the JSON API too. */
  open(
    account: WalletAccount,
    { merchant, externalId }: Pick<SnapCall, 'merchant' | 'externalId'>,
    redirectUrl: string,
  ): Binding {
    const linkId = `LNK${createDigits(21)}`;
    return this.bindings.open(
      {
        clientId: merchant.clientId,
        channel: WALLET,
        custIdMerchant: account.accountId,
        customerName: account.name,
        phoneNo: account.phoneNo,
        successUrl: redirectUrl,
        failedUrl: withQuery(redirectUrl, { status: 'FAILED' }),
        externalId,
        hasOneTimeCodes: true,
        page: `wallet/binding?token=${linkId}`,
      },
      { authCode: linkId },
    );
  }

  private describePage({ id }: WalletRegistration): JsonObject {
    const page = `${this.address.url}/wallet/pin`;
    return this.settings.current.walletSpelling === 'sdk'
      ? { qparamsURL: page, qparams: { token: id } }
      : { qParamsURL: page, qParams: { action: id } };
  }

  private findAccount({ merchant }: SnapCall, accountId: string): WalletAccount {
    const account = this.accounts.find(accountId, merchant.clientId);
    if (account === undefined) {
      throw new SnapError(
        404,
        '11',
        `Invalid Card/Account/Customer: this merchant has registered no account "${accountId}".`,
      );
    }
    return account;
  }
}

function isBound({ state }: Binding): boolean {
  return state === 'BOUND';
}
