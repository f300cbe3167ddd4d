/** What one of our decorators leaves on the methods that it stands on. */
export class MethodMetadata<Metadata> {
  private readonly key: symbol;

  /** @param decorator as it is written in the app: `@OnDokuEvent` */
  constructor(private readonly decorator: `@${string}`) {
    // The same in every copy of this library, which may be there in ESM and in CommonJS.
    this.key = Symbol.for(`nestjs-doku:${decorator}`);
  }

  /** Adds to what the same decorator left before: it may stand on a method twice. */
  add(method: object | undefined, metadata: Metadata): void {
    if (!method) throw new TypeError(`${this.decorator} belongs on a method.`);
    Reflect.defineMetadata(this.key, [...this.of(method), metadata], method);
  }

  /** Empty when the decorator does not stand on the method. */
  readonly of = (method: object): readonly Metadata[] => {
    const metadata: unknown = Reflect.getMetadata(this.key, method);
    return Array.isArray(metadata) ? (metadata as readonly Metadata[]) : [];
  };
}
