/** What a listener did to the world outside. */
export interface ReportedEffect {
  readonly listener: string;
  readonly eventId: string;
  readonly reference: string;
  readonly attempt: number;
  readonly pid: number;
}

export interface Effect extends ReportedEffect {
  /** Epoch milliseconds, by the recorder's clock. */
  readonly at: number;
}
