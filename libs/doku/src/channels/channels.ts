import { ALLO_CHANNEL } from './allo-direct-debit/allo-direct-debit.channel.js';
import type { AlloDirectDebitOptions } from './allo-direct-debit/allo-direct-debit.options.js';
import { BRI_CHANNEL } from './bri-direct-debit/bri-direct-debit.channel.js';
import type { BriDirectDebitOptions } from './bri-direct-debit/bri-direct-debit.options.js';
import type { Channel } from './channel.js';
import { CIMB_CHANNEL } from './cimb-direct-debit/cimb-direct-debit.channel.js';
import type { CimbDirectDebitOptions } from './cimb-direct-debit/cimb-direct-debit.options.js';
import { KKI_CHANNEL } from './kki/kki.channel.js';
import type { KkiOptions } from './kki/kki.options.js';
import { DokuOrderService } from './orders/doku-order.service.js';
import { OVO_CHANNEL } from './ovo/ovo.channel.js';
import type { OvoOptions } from './ovo/ovo.options.js';
import { WALLET_CHANNEL } from './wallet/wallet.channel.js';
import type { DokuWalletOptions } from './wallet/wallet.options.js';

/** Every channel. A new one is added here, and its options below. */
export const CHANNELS: readonly Channel[] = [
  ALLO_CHANNEL,
  BRI_CHANNEL,
  CIMB_CHANNEL,
  KKI_CHANNEL,
  OVO_CHANNEL,
  WALLET_CHANNEL,
];

/** Settings per channel. */
export interface DokuChannelOptions {
  readonly alloDirectDebit?: AlloDirectDebitOptions;
  readonly briDirectDebit?: BriDirectDebitOptions;
  readonly cimbDirectDebit?: CimbDirectDebitOptions;
  readonly kki?: KkiOptions;
  readonly ovo?: OvoOptions;
  readonly wallet?: DokuWalletOptions;
}

/** What the module provides and exports. */
export const CHANNEL_SERVICES = [...CHANNELS.map(({ service }) => service), DokuOrderService];
