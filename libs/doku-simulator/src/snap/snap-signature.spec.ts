import { describe, expect, it } from '@jest/globals';
import {
  createBodyHash,
  createSnapMac,
  createSnapStringToSign,
  fitsRsa,
  minify,
} from './snap-signature.js';

// The verified vectors of the reference, section 6.
describe('SNAP signatures', () => {
  it('hash as DOKU does, blanks in strings and all (P1)', () => {
    const body =
      '{"partnerServiceId":"  088899","customerNo":"12345678901234567890","virtualAccountNo":"  08889912345678901234567890","virtualAccountName":"Jokul Doe","virtualAccountEmail":"jokul@email.com","virtualAccountPhone":"6281828384858","trxId":"abcdefgh1234","totalAmount":{"value":"12345678.00","currency":"IDR"}}';

    expect(createBodyHash(Buffer.from(body))).toBe(
      '3274fab8dac896837b106a16da2a974e7e65142dcecb4b768ef0294102838977',
    );
  });

  it('minify, hash and sign (P4)', () => {
    const stringToSign = createSnapStringToSign({
      method: 'POST',
      target: '/v1.0/balance-inquiry',
      token: 'tok123',
      body: Buffer.from('{ "amount" : "10000.00",\n "currency": "IDR" }'),
      timestamp: '2026-06-03T17:00:00.000+07:00',
    });

    expect(createSnapMac(stringToSign, 'test-client-secret')).toBe(
      'FQ0sx6aFl+6sY00h7dqgkfBSwjgs/b1EtLtaY+G+NsXxmfUurzTEoefV+ZHkOTUr7n6wFfWstutzkXX75WOBIA==',
    );
  });

  it('sign UTF-8 and slashes as they are (S3)', () => {
    const stringToSign = createSnapStringToSign({
      method: 'POST',
      target: '/direct-debit/core/v1/debit/payment-host-to-host',
      token: 'eyJhbGciOiJSUzI1NiJ9.dW5pdC10ZXN0LWIyYg.c2ln',
      body: Buffer.from(
        '{"partnerReferenceNo":"INV2025011500000000000000000001A","amount":{"value":"50000.00","currency":"IDR"},"payOptionDetails":[{"payMethod":"BALANCE","transAmount":{"value":"50000.00","currency":"IDR"}}],"additionalInfo":{"channel":"DIRECT_DEBIT_ALLO_SNAP","remarks":"Kopi & roti – café  Jakarta","successPaymentUrl":"https://merchant.example/pay/ok","failedPaymentUrl":"https://merchant.example/pay/failed","lineItems":[{"name":"Kopi susu","price":"50000.00","quantity":1}]}}',
      ),
      timestamp: '2025-01-15T10:30:00+07:00',
    });

    expect(createSnapMac(stringToSign, 'SK-unit-test-secret-0001')).toBe(
      's+triiTaVmNADVwlQGCNlYJZQ8EVChDvD/HFqcFu0r5CnEHeg51DoQXrrTzyBi9mw31qsPsbh5G9Ei6LAwC2aQ==',
    );
  });

  it('hash nothing for an empty body (S6)', () => {
    expect(createBodyHash(Buffer.alloc(0))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('check RSA over client id and timestamp (P2)', () => {
    const key =
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlWbtlh3eM+bW3n5AFj42\nwddC4L7tQqbLiCFbTv8K67yng9iwK5mEn+UMXiRhvB2JVWFafCPPxFamsiVG3Mjn\neGjC0BYgmpmw4qXnAnyO3nCdCuPtmZ3ljhKvSTPdWZxrcLi1Xa9V/+Pzb8hrjb5i\nwMn6SZFNeMmZYgFKiSeueo6TPln2PoTqXCzs1HtsM8eUVe8GAsjJe/3dYl992nyX\nOpG21GgNu8o5T3WOptPg6GdDTWkTWUu483yRbVVy04Pz4L8DDZTDv+WcsAViDn1r\nA/jB1Auj/UGKx2ovGcBH/a/hor5TbABbODU6cPTHT54K3sSZtvZNV4eFDB1f/4wd\nfwIDAQAB\n-----END PUBLIC KEY-----\n';
    const signature = Buffer.from(
      'iv5YorKVVFOFS59l0HChDvPe+HeoE/jY5CfVgCg5i16nj5/DVnKg49ilkv8PyeU7y38apHhgO+cUrvkfUs5BhDD69yLn7xp8hzN9RcR0UDy5+nCrQ3GGCVSzZJvlEXN+TB0j4Q6pMsjrq4+YRoyDa4mTlsjJTU9aGjLRFBYgY4MyMQ5x11JyLnoFwbS8TJ5e/q4mUozrp49VyHe7OQSFnJNwvMSFrDyAIxoOK0IZQIlY29PaDIFcWoR+RJAY42H2FryjJcPpNfeercbkj9jsBLV3wmEKiNoN6lgFFLk5QicDnAAQzL45s92EYeCqDNuTTJOydaJbUqEo1d/ZPVNBtQ==',
      'base64',
    );

    expect(fitsRsa('G1234325-SNAP|2023-07-31T07:10:00+07:00', signature, key)).toBe(true);
    expect(fitsRsa('G1234325-SNAP|2023-07-31T07:10:01+07:00', signature, key)).toBe(false);
  });

  it('minify between the parts only, whatever strings hold', () => {
    const text = '{ "a\\" b" :\t"x \\\\" ,\r\n"c": [ 1 , 2 ] }';

    expect(minify(Buffer.from(text)).toString()).toBe('{"a\\" b":"x \\\\","c":[1,2]}');
  });
});
