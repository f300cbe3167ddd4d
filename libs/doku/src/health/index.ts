export { DokuHealthIndicator } from './doku-health.indicator.js';
export type { DokuHealthReport, DokuTokenFreshness } from './health-report.js';
