import type { Stage } from './stage.js';

/** What a scenario found. It holds when there is no fault. */
export interface Finding {
  readonly figures: Readonly<Record<string, number | string>>;
  readonly faults: readonly string[];
}

/** Something that must hold, whatever is killed. */
export interface Scenario {
  /** For the option `--only`, and for names of keys and schemas. */
  readonly id: string;
  readonly promise: string;
  play(stage: Stage): Promise<Finding>;
}

/** The sentences whose condition is false. */
export function faultsOf(conditions: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(conditions).flatMap(([sentence, holds]) => (holds ? [] : [sentence]));
}
