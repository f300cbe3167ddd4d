import { DokuAuthenticationError } from '../../errors/doku-authentication.error.js';
import { DokuConfigurationError } from '../../errors/doku-configuration.error.js';
import type { DokuClient } from '../../http/doku-client.js';
import type { DokuOperation } from '../../http/doku-operation.js';
import type { ResolvedMerchant } from '../../options/resolved-doku-options.js';
import type { AuthCodeSource } from '../../tokens/account-auth-codes.js';
import { authCodeKeyOption } from '../../tokens/token-grant.js';
import { decryptAuthCode } from './auth-code.js';
import type { WalletInquireAccountDto } from './dto/inquire-account.dto.js';
import type { WalletAccount } from './wallet.responses.js';

/**
 * Gets a new authCode of an account: inquire, decrypt (reference wallet B.3, way A; B.4). What does not decrypt
 * goes nowhere.
 *
 * @param inquiry at the B2B level: the customer's token is what is missing
 */
export function accountAuthCodes(
  client: DokuClient,
  inquiry: DokuOperation<WalletInquireAccountDto, WalletAccount>,
): AuthCodeSource {
  return async (merchant, accountId, timeoutMs) => {
    const { additionalInfo } = await client.request(
      inquiry,
      { additionalInfo: { accountId } },
      { merchant: merchant.name, timeoutMs },
    );
    return authCodeOf(additionalInfo?.authCode, merchant);
  };
}

function authCodeOf(encrypted: unknown, merchant: ResolvedMerchant): string {
  if (typeof encrypted !== 'string' || encrypted === '') {
    throw new DokuAuthenticationError(
      'wallet.inquireAccount told no authCode: this account is bound no more, or not yet',
      {
        operation: 'wallet.inquireAccount',
        merchant: merchant.name,
        fix: 'Ask the customer to bind the account again (bindAccount).',
      },
    );
  }
  const { authCodeSecretKey } = merchant;
  const authCode = authCodeSecretKey && decryptAuthCode(encrypted, authCodeSecretKey);
  if (authCode !== undefined) return authCode;
  throw new DokuConfigurationError(
    'does not decrypt the authCode of an account inquiry, which was therefore sent nowhere',
    authCodeKeyOption(merchant),
    'Ask DOKU for the key that decrypts it, of 16, 24 or 32 bytes for AES in ECB mode; it is another one than secretKey.',
  );
}
