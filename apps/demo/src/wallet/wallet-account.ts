import type { WalletOtpReferences } from 'nestjs-doku';

interface OwnedAccount {
  readonly customerId: string;
  /** With calling code, as DOKU has it; also what DOKU calls the customer when money moves. */
  readonly phone: string;
}

/** Being opened: DOKU has sent a code to the customer. */
interface AwaitingCode extends OwnedAccount {
  readonly stage: 'code';
  readonly references: WalletOtpReferences;
  readonly wrongCodes: number;
}

/** Being opened: the customer sets a PIN on DOKU's page. */
interface AwaitingPin extends OwnedAccount {
  readonly stage: 'pin';
  /** Of the opening; it comes back with the browser. */
  readonly reference: string;
  /** What a browser said is the account. Nothing is done with it before DOKU has confirmed it. */
  readonly claimedId?: string;
}

/** There is an account, and DOKU lets the shop use it or not. */
interface OpenedAccount extends OwnedAccount {
  /** DOKU's id of it, by which the shop acts for the customer. It never leaves the server. */
  readonly accountId: string;
}

interface UnlinkedAccount extends OpenedAccount {
  readonly stage: 'open';
  /** Whether DOKU has ended a link that there was. */
  readonly hasEnded: boolean;
}

/** The customer agrees on DOKU's page. */
interface AwaitingConsent extends OpenedAccount {
  readonly stage: 'linking';
  /** Part of the address to which DOKU sends the browser back: tells this link from any other. */
  readonly once: string;
  /** DOKU's id of this link: once the account has it, its owner has agreed. */
  readonly linkId: string;
  /** Whether the customer's own browser came back with a code of this very account. */
  readonly hasReturned: boolean;
}

interface LinkedAccount extends OpenedAccount {
  readonly stage: 'linked';
  readonly linkId: string;
}

/** How far a customer has come with a DOKU Wallet. */
export type WalletAccount =
  AwaitingCode | AwaitingPin | UnlinkedAccount | AwaitingConsent | LinkedAccount;

/** A customer's wallet as the page sees it: no ids of DOKU. */
export interface WalletView {
  readonly state: 'none' | WalletAccount['stage'];
  /** Such as `0812 ···· 7890`. */
  readonly phone: string | null;
  /** Whole rupiah. */
  readonly balance: number | null;
  readonly wrongCodes: number;
  /** Whether DOKU has ended the link. */
  readonly hasEnded: boolean;
}
