import type { DirectDebitCreatePaymentDto } from './dto/create-payment.dto.js';

/**
 * The line items, when there are any, must add up to the amount (reference non-snap 3.3).
 *
 * @param option that switches the check off, for the message
 */
export function lineItemsAddUp(
  { order }: DirectDebitCreatePaymentDto,
  option: string,
): readonly string[] {
  const items = order.line_items ?? [];
  if (items.length === 0) return [];
  // Validated before: whole numbers. Their products can pass what a number holds exactly.
  let sum = 0n;
  for (const { price, quantity } of items) {
    // Both are optional; what is not told cannot be added up.
    if (price === undefined || quantity === undefined) return [];
    sum += BigInt(price) * BigInt(quantity);
  }
  return sum === BigInt(order.amount)
    ? []
    : [
        `order.line_items must add up to order.amount ${order.amount} (given price × quantity = ${sum}); "${option}: false" switches this check off`,
      ];
}
