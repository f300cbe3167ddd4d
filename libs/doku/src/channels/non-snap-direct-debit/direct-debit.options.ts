import { checkSwitch } from '../../options/setting.js';

/** Settings that a direct debit has, whatever its bank. */
export interface DirectDebitOptions<OperationName extends string> {
  /** Replaces the path of an operation, such as `{ createPayment: '/direct-debit/v2/payment' }`. */
  readonly paths?: Partial<Record<OperationName, string>>;
  /**
   * Whether the line items of a payment, when given, must add up to its amount. DOKU demands it, and its
   * own sample breaks it (reference non-snap 3.19 no. 9).
   * @defaultValue `true`
   */
  readonly checkLineItems?: boolean;
}

/** The same, checked and complete. */
export interface DirectDebitSettings<OperationName extends string> {
  /** Where the options stand: `channels.cimbDirectDebit`. */
  readonly option: string;
  readonly paths: Partial<Record<OperationName, string>>;
  readonly checkLineItems: boolean;
}

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveDirectDebitOptions<OperationName extends string>(
  { paths = {}, checkLineItems = true }: DirectDebitOptions<OperationName> = {},
  option: string,
): DirectDebitSettings<OperationName> {
  return {
    option,
    paths,
    checkLineItems: checkSwitch(checkLineItems, `${option}.checkLineItems`),
  };
}
