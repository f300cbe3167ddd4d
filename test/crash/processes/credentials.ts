/** Of the merchant of every process; the simulator's own. */
export const CREDENTIALS = {
  clientId: 'MCH-0001-10791114622547',
  secretKey: 'SK-simulator-0123456789abcdef',
} as const;
