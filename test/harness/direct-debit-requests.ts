/** Requests that every direct debit of the non-SNAP API has, whatever its bank. */
const customer = { id: 'cust-1' };
const order = { invoice_number: 'INV-1', amount: 90_000 };
const payment = { token_id: 'card-token-canary' };
const x = (length: number) => 'x'.repeat(length);

/** Parts of requests that pass every check. */
export const PARTS = { customer, order, payment } as const;

/** Method, request, and what the refusal says. */
export const REFUSED: readonly (readonly [method: string, request: unknown, message: RegExp])[] = [
  ['createPayment', { customer, order }, /payment is mandatory \(given nothing\)/],
  ['createPayment', { customer, payment }, /order is mandatory/],
  ['createPayment', { order, payment }, /customer is mandatory/],
  [
    'createPayment',
    { customer: { id: x(51) }, order, payment },
    /customer\.id .*50 char.*51 characters/,
  ],
  ['createPayment', { customer: { id: '' }, order, payment }, /customer\.id .*0 characters/],
  [
    'createPayment',
    { customer: { id: 7 }, order, payment },
    /customer\.id must be a text.*a number/,
  ],
  [
    'createPayment',
    { customer: { ...customer, name: x(65) }, order, payment },
    /customer\.name .*64/,
  ],
  [
    'createPayment',
    { customer: { ...customer, email: x(65) }, order, payment },
    /customer\.email .*64/,
  ],
  [
    'createPayment',
    { customer: { ...customer, phone: '081-234' }, order, payment },
    /customer\.phone .*digits.*999-999/,
  ],
  [
    'createPayment',
    { customer: { ...customer, phone: '1'.repeat(21) }, order, payment },
    /customer\.phone .*20/,
  ],
  [
    'createPayment',
    { customer: { ...customer, address: x(256) }, order, payment },
    /customer\.address .*255/,
  ],
  [
    'createPayment',
    { customer: { ...customer, country: 'I' }, order, payment },
    /customer\.country .*2 to 60/,
  ],
  [
    'createPayment',
    { customer: { ...customer, country: '12' }, order, payment },
    /customer\.country/,
  ],
  [
    'createPayment',
    { customer: { ...customer, id_card: x(21) }, order, payment },
    /customer\.id_card .*20/,
  ],
  [
    'createPayment',
    { customer: { ...customer, date_of_birth: '2000-12-01' }, order, payment },
    /dd-MM-yyyy.*9999-99-99/,
  ],
  [
    'createPayment',
    { customer: { ...customer, date_of_birth: '31-02-2000' }, order, payment },
    /existing date/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, invoice_number: x(65) }, payment },
    /order\.invoice_number .*64/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, invoice_number: 'a\nb' }, payment },
    /control characters/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, amount: 1.5 }, payment },
    /order\.amount must be whole rupiah.*given 1\.5/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, amount: '90000.50' }, payment },
    /whole rupiah.*"90000\.50"/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, amount: 0 }, payment },
    /order\.amount .*given 0/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, amount: -5 }, payment },
    /order\.amount .*given -5/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, amount: Number.NaN }, payment },
    /order\.amount .*NaN/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, amount: 10 ** 12 }, payment },
    /order\.amount .*1000000000000/,
  ],
  ['createPayment', { customer, order: { ...order, amount: '9e4' }, payment }, /order\.amount/],
  [
    'createPayment',
    { customer, order: { ...order, session_id: x(51) }, payment },
    /order\.session_id .*50/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, line_items: [{ price: 0.5, quantity: 1 }] }, payment },
    /order\.line_items\[0\]\.price .*0\.5/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, line_items: [{ price: 45_000, quantity: 1.5 }] }, payment },
    /line_items\[0\]\.quantity .*1\.5/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, line_items: [{ price: 1, quantity: 1 }] }, payment },
    /add up to order\.amount 90000/,
  ],
  [
    'createPayment',
    { customer, order: { ...order, line_items: 'all' }, payment },
    /order\.line_items/,
  ],
  ['createPayment', { customer, order, payment: { token_id: x(129) } }, /payment\.token_id .*128/],
  [
    'createPayment',
    { customer, order, payment: { ...payment, otp_expiration_timestamp: 1.5 } },
    /otp_expiration_timestamp/,
  ],
  [
    'createPayment',
    { customer, order, payment, additional_info: 'none' },
    /additional_info must be an object/,
  ],
  [
    'createPayment',
    { customer, order, payment, additional_info: { settlement: [{}] } },
    /additional_info .*settlement must be a list/,
  ],
  [
    'createPayment',
    { customer, order, payment, additional_info: { override_notification_url: 'x' } },
    /override_notification_url must be an absolute URL/,
  ],
  [
    'createPayment',
    { customer, order, payment, invoice: 1 },
    /invoice is not a member of this request.*extra/,
  ],
  [
    'createPayment',
    { customer: { ...customer, emial: 'a' }, order, payment },
    /customer\.emial is not a member/,
  ],
  ['createPayment', null, /request must be an object \(given null\)/],
  ['createPayment', 'order', /request must be an object/],
  ['listTokens', { customer: {} }, /customer\.id is mandatory/],
  ['deleteToken', { customer }, /debit_card is mandatory/],
  ['validatePaymentOtp', { payment: { token: x(257), otp: '1' } }, /payment\.token .*256/],
  [
    'validatePaymentOtp',
    { payment: { token: 'a', otp: '1234567' } },
    /payment\.otp .*6.*7 characters/,
  ],
  [
    'validatePaymentOtp',
    { payment: { token: 'a', otp: 123456 } },
    /payment\.otp must be a text.*given a number/,
  ],
  ['resendPaymentOtp', { payment: {} }, /payment\.token is mandatory/],
];

export const TAKEN: readonly (readonly [method: string, request: unknown])[] = [
  ['createPayment', { customer: { id: x(50) }, order: { ...order, amount: '90000.00' }, payment }],
  ['createPayment', { customer, order: { ...order, amount: 999_999_999_999 }, payment }],
  [
    'createPayment',
    {
      customer,
      order: { ...order, line_items: [{ price: '45000', quantity: 2 }] },
      payment,
      additional_info: {
        settlement: [{ bank_account_settlement_id: 'SBA-1', value: 10, type: 'PERCENTAGE' }],
        override_notification_url: 'https://shop.example/doku/notifications',
        anything: { else: true },
      },
    },
  ],
  ['validatePaymentOtp', { payment: { token: '?+/=', otp: '012345' } }],
];
