import type { Finding, Scenario } from './scenario.js';

/** One line for each scenario, and one for all. */
export class Report {
  private passed = 0;
  private failed = 0;

  add(subject: string, scenario: Scenario, { figures, faults }: Finding, ms: number): void {
    const holds = faults.length === 0;
    if (holds) this.passed++;
    else this.failed++;
    const values = Object.entries(figures).map(([name, value]) => `${name}=${value}`);
    console.log(
      `${holds ? 'ok    ' : 'FAILED'} ${subject}: ${scenario.promise} [${scenario.id}] ` +
        `${values.join(', ')} (${(ms / 1_000).toFixed(1)} s)`,
    );
    for (const fault of faults) console.log(`       does not hold: ${fault}`);
  }

  /** Whether all is well. */
  conclude(): boolean {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0;
  }
}
