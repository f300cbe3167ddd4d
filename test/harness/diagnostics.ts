import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import type { DokuDiagnostics } from 'nestjs-doku';

/** Every channel; the type sees to it that none is left out. */
const CHANNELS: Readonly<Record<keyof DokuDiagnostics, true>> = {
  'nestjs-doku:notification.accepted': true,
  'nestjs-doku:notification.refused': true,
  'nestjs-doku:notification.duplicate': true,
  'nestjs-doku:listener.delivered': true,
  'nestjs-doku:listener.failed': true,
  'nestjs-doku:listener.dead-lettered': true,
  'nestjs-doku:payment.reconciled': true,
  'nestjs-doku:request': true,
  'nestjs-doku:token.refreshed': true,
};

/** Keeps what the library publishes, on every channel. */
export class HeardDiagnostics {
  private readonly heard: { readonly channel: string; readonly message: unknown }[] = [];

  constructor() {
    for (const channel of Object.keys(CHANNELS)) subscribe(channel, this.keep);
  }

  /** The messages of a channel, oldest first. */
  on<Channel extends keyof DokuDiagnostics>(name: Channel): DokuDiagnostics[Channel][] {
    return this.heard
      .filter(({ channel }) => channel === name)
      .map(({ message }) => message as DokuDiagnostics[Channel]);
  }

  /** Which channels were used, oldest first. */
  get channels(): string[] {
    return this.heard.map(({ channel }) => channel.replace('nestjs-doku:', ''));
  }

  /** Everything, as a text. */
  get text(): string {
    return JSON.stringify(this.heard);
  }

  stop(): void {
    for (const channel of Object.keys(CHANNELS)) unsubscribe(channel, this.keep);
  }

  private readonly keep = (message: unknown, channel: string | symbol): void => {
    this.heard.push({ channel: String(channel), message });
  };
}
