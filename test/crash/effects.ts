import type { Effect } from './processes/effect.js';

/** What the listeners of one scenario did to the world outside. */
export class Effects {
  constructor(
    private readonly url: string,
    private readonly run: string,
  ) {}

  async of(listener: string): Promise<EffectList> {
    const response = await fetch(`${this.url}/${this.run}`);
    const effects = (await response.json()) as Effect[];
    return new EffectList(effects.filter((effect) => effect.listener === listener));
  }
}

export class EffectList {
  readonly references: ReadonlySet<string>;

  constructor(readonly effects: readonly Effect[]) {
    this.references = new Set(effects.map(({ reference }) => reference));
  }

  /** Of these ids, those without an effect. */
  missing(ids: Iterable<string>): string[] {
    return [...ids].filter((id) => !this.references.has(id));
  }

  /** Effects beyond the first of each reference. */
  get repeated(): number {
    return this.effects.length - this.references.size;
  }

  /** References that came as more than one event. */
  get splitReferences(): number {
    return new Set(this.effects.map(({ eventId }) => eventId)).size - this.references.size;
  }

  get lastAt(): number {
    return Math.max(...this.effects.map(({ at }) => at));
  }

  firstAfter(moment: number): number {
    return Math.min(...this.effects.filter(({ at }) => at >= moment).map(({ at }) => at));
  }
}
