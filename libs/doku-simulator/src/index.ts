export { DokuSimulator } from './doku-simulator.js';
export {
  DEFAULT_AUTH_CODE_SECRET_KEY,
  DEFAULT_CLIENT_ID,
  DEFAULT_SECRET_KEY,
  SimulatorOptionsError,
  type DokuSimulatorOptions,
} from './simulator-options.js';
export { SimulatorClock } from './engine/simulator-clock.js';
export { Ledger, type InvoiceBalance, type LedgerEntry } from './bank/ledger.js';
export type { Merchant } from './engine/merchants.js';
export { runCli } from './run-cli.js';
