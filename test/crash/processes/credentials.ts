/** Of the merchant of every process. */
export const CREDENTIALS = {
  clientId: 'MCH-0001-10791114622547',
  secretKey: 'SK-crash-0123456789abcdef',
} as const;
