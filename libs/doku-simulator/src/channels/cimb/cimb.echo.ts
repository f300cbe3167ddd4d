import { isJsonObject, type JsonObject } from '../../engine/json.js';

/**
 * An order as CIMB answers it: numbers of the request come back as strings (reference 3.19 no. 8).
 * @param amount - `90000` when the payment is made, `90000.00` when its OTP is validated
 */
export function echoOrder(
  order: JsonObject,
  amount: string,
  { withSession = true }: { readonly withSession?: boolean } = {},
): JsonObject {
  const { line_items: items, session_id: session } = order;
  return {
    invoice_number: order.invoice_number,
    ...(Array.isArray(items) && { line_items: items.map(echoLineItem) }),
    amount,
    ...(withSession && session !== undefined && { session_id: session }),
  };
}

function echoLineItem(item: unknown): unknown {
  if (!isJsonObject(item)) return item;
  const members = Object.entries(item).map(([name, value]) => [
    name,
    typeof value === 'number' ? String(value) : value,
  ]);
  return Object.fromEntries(members) as JsonObject;
}
