/** How a delivery ended. */
export type DeliveryOutcome = 'delivered' | 'duplicate' | 'failed' | 'unheard';
