/** Emitted when there is news of how events are delivered: a failure, a replay, the switch. */
export const DELIVERY_CHANGED = 'shop.delivery-changed';
