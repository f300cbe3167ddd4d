import { generateKeyPairSync, randomUUID } from 'node:crypto';

import {
  dokuNotificationFixtures,
  dokuSnapNotificationFixtures,
  signDokuNotification,
  type SignedDokuNotification,
  signSnapNotification,
} from 'nestjs-doku/testing';

/** DOKU's own key pair, of which an app has the public half. */
export const DOKU_KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What a notification of either scheme is made of. */
export interface NotificationInput {
  readonly clientId: string;
  readonly secretKey: string;
  readonly target?: string;
  readonly payload: unknown;
  readonly timestamp?: string;
  /** `Request-Id` or `X-EXTERNAL-ID`. */
  readonly transportId?: string;
}

/** One of DOKU's two ways to notify, so that a test can be run over both. */
export interface InboundScheme {
  readonly name: string;
  readonly path: string;
  readonly sign: (input: NotificationInput) => SignedDokuNotification;
  /** A payment that succeeded; without `attempt`, one that nobody has told of. */
  readonly payment: (input?: {
    readonly reference?: string;
    readonly attempt?: string;
    /** Whole rupiah. */
    readonly amount?: number;
  }) => object;
  readonly headers: {
    readonly client: string;
    readonly transportId: string;
    readonly timestamp: string;
    readonly signature: string;
  };
  /** How the log names the id of a delivery. */
  readonly transportIdName: string;
  /** Bodies of the answers. */
  readonly answers: {
    readonly accepted: string;
    readonly unauthorised: string;
    readonly malformed: string;
    readonly outsideWindow: string;
    readonly tooLarge: string;
    readonly notProcessed: string;
  };
}

const error = (code: string, message: string) => JSON.stringify({ error: { code, message } });

export const NON_SNAP: InboundScheme = {
  name: 'non-SNAP',
  path: '/doku/notifications',
  sign: ({ transportId, ...input }) =>
    signDokuNotification({
      ...input,
      ...(transportId === undefined ? {} : { requestId: transportId }),
    }),
  payment: ({ reference, attempt, amount } = {}) =>
    dokuNotificationFixtures.paymentSucceeded({
      ...(reference === undefined ? {} : { invoiceNumber: reference }),
      ...(attempt === undefined ? {} : { originalRequestId: attempt }),
      ...(amount === undefined ? {} : { amount }),
    }),
  headers: {
    client: 'Client-Id',
    transportId: 'Request-Id',
    timestamp: 'Request-Timestamp',
    signature: 'Signature',
  },
  transportIdName: 'requestId',
  answers: {
    accepted: '{"status":"OK"}',
    unauthorised: error('UNAUTHORIZED', 'Unauthorized'),
    malformed: error('BAD_REQUEST', 'The body is not JSON'),
    outsideWindow: error('BAD_REQUEST', 'Request-Timestamp is too far from now'),
    tooLarge: error('PAYLOAD_TOO_LARGE', 'The body is larger than 64 KB'),
    notProcessed: error('NOT_PROCESSED', 'Send again later'),
  },
};

const snap = (responseCode: string, responseMessage: string) =>
  JSON.stringify({ responseCode, responseMessage });

export const SNAP: InboundScheme = {
  name: 'SNAP',
  path: '/doku/v1.0/debit/notify',
  sign: ({ transportId, ...input }) =>
    signSnapNotification({
      ...input,
      ...(transportId === undefined ? {} : { externalId: transportId }),
    }),
  // A second attempt has a reference of its own.
  payment: ({ reference = 'INV', attempt = randomUUID(), amount } = {}) =>
    dokuSnapNotificationFixtures.paymentSucceeded({
      partnerReferenceNo: `${reference}-${attempt}`,
      ...(amount === undefined ? {} : { amount: `${amount}.00` }),
    }),
  headers: {
    client: 'X-PARTNER-ID',
    transportId: 'X-EXTERNAL-ID',
    timestamp: 'X-TIMESTAMP',
    signature: 'X-SIGNATURE',
  },
  transportIdName: 'externalId',
  answers: {
    accepted: snap('2005600', 'Request has been processed successfully'),
    unauthorised: snap('4015600', 'Unauthorized. Invalid Signature'),
    malformed: snap('4005601', 'Invalid Field Format body'),
    outsideWindow: snap('4005601', 'Invalid Field Format X-TIMESTAMP'),
    tooLarge: snap('4135600', 'Request Entity Too Large'),
    notProcessed: snap('5005600', 'General Error'),
  },
};

/** The second 401 of SNAP: everything holds but the token. */
export const INVALID_TOKEN = snap('4015601', 'Invalid Token (B2B)');

export const TOKEN_PATH = '/doku/authorization/v1/access-token/b2b';

export const SCHEMES = [NON_SNAP, SNAP] as const;
