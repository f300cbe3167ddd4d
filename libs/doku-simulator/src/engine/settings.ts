import { Injectable } from '@nestjs/common';

/** Switches that can be changed while the simulator runs. */
export interface SimulatorSettings {
  /** Whether a repeated Request-Id answers the stored body; off, everything is processed again. */
  readonly idempotency: boolean;
  /** Whether notifications are sent; off, they are kept as `held`. */
  readonly notifications: boolean;
  /** Whether a refund causes a notification; DOKU documents neither way. */
  readonly notifyRefunds: boolean;
  /** Whether the sum of the line items must equal the amount (reference 3.19 no. 9). */
  readonly checkLineItems: boolean;
  /** How far `Request-Timestamp` may be from real time plus skew; DOKU documents no limit. */
  readonly timestampToleranceMs: number;
  /** How long a merchant may take to answer a notification, in real time; not documented. */
  readonly notificationTimeoutMs: number;
}

const DEFAULT_SETTINGS: SimulatorSettings = {
  idempotency: true,
  notifications: true,
  notifyRefunds: true,
  checkLineItems: true,
  timestampToleranceMs: 300_000,
  notificationTimeoutMs: 10_000,
};

/** Holds the settings in force. */
@Injectable()
export class Settings {
  private values = DEFAULT_SETTINGS;

  get current(): SimulatorSettings {
    return this.values;
  }

  change(changes: Partial<SimulatorSettings>): SimulatorSettings {
    this.values = { ...this.values, ...changes };
    return this.values;
  }
}
