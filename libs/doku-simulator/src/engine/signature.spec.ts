import { describe, expect, it } from '@jest/globals';
import {
  createDigest,
  createSignature,
  createStringToSign,
  isSameSignature,
  toWireTimestamp,
} from './signature.js';

const CLIENT_ID = 'MCH-0001-10791114622547';
const COMPUTED_KEY = 'SK-unit-test-non-snap-0001';
const TIMESTAMP = '2020-08-11T08:45:42Z';

interface Vector {
  readonly id: string;
  readonly requestId: string;
  readonly target: string;
  readonly signature: string;
  readonly timestamp?: string;
  readonly isResponse?: boolean;
  readonly secretKey?: string;
  readonly body?: string;
  readonly digest?: string;
}

// Reference 2.4: P is published by others, C was computed with OpenSSL and node:crypto.
const VECTORS: Vector[] = [
  {
    id: 'P1',
    requestId: 'cc682442-6c22-493e-8121-b9ef6b3fa728',
    target: '/checkout/v1/payment',
    secretKey: 'SK-TEST',
    body: '{"order":{"invoice_number":"INV1","amount":1000}}',
    digest: 'tFvCTXSeI5Qi1LJyBxPHNcIGhp8Yzd1Ls5e3kOTW8SQ=',
    signature: 'HMACSHA256=8rZww6yU4g1Wbdt8O2OVhrABVjteP8s8jGAsg2CqzD4=',
  },
  {
    id: 'P2',
    requestId: 'rid-1',
    target: '/orders/v1/status/INV1',
    secretKey: 'SK-TEST',
    signature: 'HMACSHA256=24UbFMorTrFKC8LstaTUQsGraKDwndw0bNviBTKLiPY=',
  },
  {
    id: 'C1',
    requestId: '672118bb-9963-43ce-93b2-26d4fd0732a3',
    target: '/cimb-direct-debit/v1/token',
    body: '{"customer":{"id":"DOKUxCIMB_UAT_01","name":"TEST","email":"wtd@mail.com","phone":"6281394130621","id_card":"18291829918778","country":"Indonesia","address":"Jl. Menara Mulia","date_of_birth":"01-12-2000","additional_info":"None"},"debit_card":{"account_email":"anton@example.com","account_mobile_phone":"6281394130621","success_registration_url":"https://jokul.doku.com/bo/login","failed_registration_url":"https://jokul.doku.com/bo/logixxx"}}',
    digest: 'N6ubNcqKJ/ar6N80MO8ut74nweTywyaRXA6lCSAcy4E=',
    signature: 'HMACSHA256=g/zcdmIguWSwAkj5i8wjsmb0GSS+8QII0JVZFxuPLh0=',
  },
  {
    id: 'C2',
    requestId: 'bce963fc-bb93-4ef2-948a-7838044b537e',
    target: '/direct-debit/v1/payment/validate',
    body: '{"payment":{"token":"kSooS93xUk6kJu9VuH33ec5QjlYxoNDEc+AfnoZYaB0=","otp":"999999"}}',
    digest: 'a71SpoxSsDkLvLphDZ5FJ1u0uG2jukQ6NNjwq9w1qqQ=',
    signature: 'HMACSHA256=jtZ9SNi7LcogtA10Po8Ma6K8Ts3NYrGfPQm5LC1x+AI=',
  },
  {
    id: 'C3',
    requestId: 'e71fe02a-bfef-4af9-a6f6-2cf1f03b00e7',
    timestamp: '2020-11-18T08:45:42Z',
    target: '/orders/v1/status/INV-20210118-0001',
    signature: 'HMACSHA256=RgsFY28pXEh+ukl1XccfYWmN+XQrkYIlj2pEGfNv5RM=',
  },
  {
    id: 'C4',
    requestId: '479b663f-5c9d-400d-8e80-3e548a8f7639',
    target: '/payments/notifications',
    body: '{\n  "service": { "id": "DIRECT_DEBIT" },\n  "acquirer": { "id": "BRI" },\n  "channel": { "id": "DIRECT_DEBIT_BRI" },\n  "transaction": { "status": "SUCCESS", "date": "2021-01-27T03:24:23Z", "original_request_id": "b6a465ea-bb65-48b2-a22b-3e8fb51cf22e" },\n  "order": { "invoice_number": "INV-20210118-0001", "amount": 90000.00 },\n  "note": "Café ✓"\n}',
    digest: 'D11c2g99RpdOlOnO9xACkU16a7dm8/PMGoSdW51BVBQ=',
    signature: 'HMACSHA256=L2hS2HD1lCaLYStdUlvxZ1Nkmqn1J4QPUjGFQ+2oT4Y=',
  },
  {
    id: 'C5',
    isResponse: true,
    requestId: '415f8064-ce1c-4c94-84b8-167201fd47cb',
    target: '/cimb-direct-debit/v1/tokens',
    body: '[{"customer":{"id":"TEST-CIMBXDOKU-05","name":"DOKUXCIMB"},"debit_card":{"token_id":"1614dc147e404f41f6d2de877fda1f94","account_no":"XXXXXXXX2800"}}]',
    digest: '9BYA56gNtBNu7fHSk8bBu7X3tT5QTRYAWLI9dXmTTl8=',
    signature: 'HMACSHA256=0nxrmr8DwfatiAboXDX3mOBwzqhftLFJAs4pkno5WcE=',
  },
  {
    id: 'C6',
    requestId: 'req-empty-object',
    target: '/direct-debit/v1/tokens',
    body: '{}',
    digest: 'RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=',
    signature: 'HMACSHA256=mAlxa+OXIVX5KOYDlI/Fxik7bVr42k3J/DSm0fkht54=',
  },
];

describe('signatures', () => {
  it.each(VECTORS)('reproduce vector $id', (vector) => {
    const body = vector.body === undefined ? undefined : Buffer.from(vector.body);
    const stringToSign = createStringToSign({
      clientId: CLIENT_ID,
      requestId: vector.requestId,
      timestampName: vector.isResponse ? 'Response-Timestamp' : 'Request-Timestamp',
      timestamp: vector.timestamp ?? TIMESTAMP,
      target: vector.target,
      ...(body && { body }),
    });

    expect(body && createDigest(body)).toBe(vector.digest);
    expect(createSignature(stringToSign, vector.secretKey ?? COMPUTED_KEY)).toBe(vector.signature);
  });

  it('compare unequal lengths without throwing', () => {
    expect(isSameSignature('', 'HMACSHA256=x')).toBe(false);
    expect(isSameSignature('HMACSHA256=x', 'HMACSHA256=x')).toBe(true);
  });

  it('write timestamps in UTC without fractions', () => {
    expect(toWireTimestamp(new Date('2020-09-22T08:51:00.987+07:00'))).toBe('2020-09-22T01:51:00Z');
  });
});
