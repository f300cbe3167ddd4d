/** What DOKU is answered, in JSON. Any 2xx ends its deliveries (reference non-snap 4.4). */
export interface NotificationReply {
  readonly status: 200 | 400 | 401 | 413 | 500 | 503;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export const ACCEPTED: NotificationReply = { status: 200, body: '{"status":"OK"}' };

/** The one answer to everything that is not proved to come from DOKU; the cause goes to our log only. */
export const UNAUTHORISED: NotificationReply = {
  status: 401,
  body: '{"error":{"code":"UNAUTHORIZED","message":"Unauthorized"}}',
};

export const MALFORMED: NotificationReply = {
  status: 400,
  body: '{"error":{"code":"BAD_REQUEST","message":"The body is not JSON"}}',
};

/** Only where the window of timestamps is enforced. */
export const OUTSIDE_WINDOW: NotificationReply = {
  status: 400,
  body: '{"error":{"code":"BAD_REQUEST","message":"Request-Timestamp is too far from now"}}',
};

export const TOO_LARGE: NotificationReply = {
  status: 413,
  body: '{"error":{"code":"PAYLOAD_TOO_LARGE","message":"The body is larger than 64 KB"}}',
};

/** Makes DOKU send again. */
export const NOT_PROCESSED: NotificationReply = {
  status: 500,
  body: '{"error":{"code":"NOT_PROCESSED","message":"Send again later"}}',
};

/** The same, when the event could not be queued, or the app is shutting down. */
export const UNAVAILABLE: NotificationReply = {
  status: 503,
  body: '{"error":{"code":"UNAVAILABLE","message":"Send again later"}}',
};
