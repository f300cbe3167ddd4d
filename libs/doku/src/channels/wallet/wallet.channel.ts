import type { Channel } from '../channel.js';
import { walletReconciliation } from './wallet.reconciliation.js';
import { DokuWalletService } from './doku-wallet.service.js';

export const WALLET_CHANNEL: Channel = {
  name: 'wallet',
  service: DokuWalletService,
  // DOKU documents no notification of the wallet.
  codes: [],
  reconciliation: walletReconciliation,
};
