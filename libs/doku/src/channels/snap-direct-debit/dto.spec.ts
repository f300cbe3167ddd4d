import 'reflect-metadata';

import { describe, expect, it } from '@jest/globals';
import { BadRequestException, type Type, ValidationPipe } from '@nestjs/common';

import { validateRequest } from '../../validation/validate-request.js';
import { AlloBindAccountDto } from '../allo-direct-debit/dto/bind-account.dto.js';
import { AlloCreatePaymentDto } from '../allo-direct-debit/dto/create-payment.dto.js';
import { KkiCreatePaymentDto } from '../kki/dto/create-payment.dto.js';
import { SnapCheckStatusDto } from './check-status.dto.js';
import { SnapRefundDto } from './refund.dto.js';

const payment = {
  partnerReferenceNo: 'INV-1',
  amount: { value: '50000' },
  payOptionDetails: [{ payMethod: 'BALANCE', transAmount: { value: 50_000, currency: 'IDR' } }],
  additionalInfo: {
    remarks: 'Order 1',
    successPaymentUrl: 'https://shop.example/ok',
    failedPaymentUrl: 'https://shop.example/failed',
    lineItems: [{ name: 'Kopi', price: 50_000, quantity: 1 }],
  },
};
const binding = {
  phoneNo: '628238748728423',
  additionalInfo: {
    custIdMerchant: 'cust-001',
    successRegistrationUrl: 'https://shop.example/ok',
    failedRegistrationUrl: 'https://shop.example/failed',
    deviceModel: 'Pixel 8',
    osType: 'ios',
    channelId: 'web',
    dateOfBirth: '19990101',
  },
};
const refund = {
  originalPartnerReferenceNo: 'INV-1',
  refundAmount: { value: 1 },
  partnerRefundNo: 'REF-1',
};
const kki = { partnerReferenceNo: 'INV-1', amount: { value: 1 }, cpan: '1', otp: '00000000' };
const status = { originalPartnerReferenceNo: 'INV-1', serviceCode: '55', amount: { value: 1 } };

/** The second check, of apps that use the classes in a controller of their own. */
const byNest = async (type: Type<object>, request: unknown): Promise<unknown> => {
  const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });
  try {
    return await pipe.transform(request, { type: 'body', metatype: type });
  } catch (error) {
    return error;
  }
};

describe('the request classes of SNAP', () => {
  it('write amounts as texts with two decimals and their currency', () => {
    const { request, problems } = validateRequest(AlloCreatePaymentDto, payment);

    expect(problems).toEqual([]);
    expect(request).toEqual({
      ...payment,
      amount: { value: '50000.00', currency: 'IDR' },
      payOptionDetails: [
        { payMethod: 'BALANCE', transAmount: { value: '50000.00', currency: 'IDR' } },
      ],
      additionalInfo: {
        ...payment.additionalInfo,
        lineItems: [{ name: 'Kopi', price: '50000.00', quantity: 1 }],
      },
    });
  });

  it('add nothing where nothing was given', () => {
    expect(validateRequest(SnapCheckStatusDto, { originalExternalId: '1' })).toEqual({
      request: { originalExternalId: '1' },
      problems: [],
    });
  });

  it.each<[string, Type<object>, object]>([
    ['AlloBindAccountDto', AlloBindAccountDto, binding],
    ['AlloCreatePaymentDto', AlloCreatePaymentDto, payment],
    ['SnapRefundDto', SnapRefundDto, refund],
    ['SnapCheckStatusDto', SnapCheckStatusDto, status],
    ['KkiCreatePaymentDto', KkiCreatePaymentDto, kki],
  ])(
    '%s works in a controller with ValidationPipe as it does here',
    async (_name, type, request) => {
      expect(validateRequest(type, request).problems).toEqual([]);
      expect(await byNest(type, request)).toBeInstanceOf(type);
    },
  );

  it.each<[string, Type<object>, object]>([
    ['no phone', AlloBindAccountDto, { ...binding, phoneNo: undefined }],
    ['a fraction', AlloCreatePaymentDto, { ...payment, amount: { value: 1.5 } }],
    ['dollars', AlloCreatePaymentDto, { ...payment, amount: { value: 1, currency: 'USD' } }],
    ['no parts', AlloCreatePaymentDto, { ...payment, payOptionDetails: [] }],
    [
      'a wrong part',
      AlloCreatePaymentDto,
      { ...payment, payOptionDetails: [{ payMethod: 'CASH', transAmount: { value: 1 } }] },
    ],
    ['an unknown member', SnapRefundDto, { ...refund, refundNo: 'x' }],
    ['no refund number', SnapRefundDto, { ...refund, partnerRefundNo: '' }],
    ['three digits', SnapCheckStatusDto, { ...status, serviceCode: '555' }],
    ['a number for a CPAN', KkiCreatePaymentDto, { ...kki, cpan: 1 }],
    ['a short OTP', KkiCreatePaymentDto, { ...kki, otp: '123' }],
  ])('refuse %s in both', async (_what, type, request) => {
    expect(validateRequest(type, request).problems).toHaveLength(1);
    expect(await byNest(type, request)).toBeInstanceOf(BadRequestException);
  });
});
