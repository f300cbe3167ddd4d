/** What durable delivery runs on. */
export const ENGINES = ['redis', 'postgresql'] as const;

export type EngineName = (typeof ENGINES)[number];
