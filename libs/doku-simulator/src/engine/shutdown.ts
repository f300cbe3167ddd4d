/** Tells what is under way that the simulator stops. */
export class Shutdown {
  private readonly controller = new AbortController();
  readonly signal: AbortSignal = this.controller.signal;

  begin(): void {
    this.controller.abort(new Error('The simulator was stopped.'));
  }
}
