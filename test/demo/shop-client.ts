import type { DeadLetterView } from '../../apps/demo/src/dead-letters/dead-letter-desk.js';
import type { DeliveryView } from '../../apps/demo/src/delivery/delivery-status.js';
import type { OrderView } from '../../apps/demo/src/orders/order.js';
import type { DemoShop } from './demo-shop.js';

/** What the shop's API answered. */
export interface ShopAnswer {
  readonly status: number;
  readonly body: unknown;
}

const CONDITION_WITHIN_MS = 10_000;

/** A customer without a browser: keeps the cookie, talks JSON. */
export class ShopClient {
  private cookie: string | undefined;

  constructor(private readonly shop: DemoShop) {}

  /** What the cookie holds: the customer's secret. */
  get cookieValue(): string {
    const value = this.cookie?.split('=')[1];
    if (value === undefined) throw new Error('No cookie yet');
    return value;
  }

  async call(method: string, path: string, body?: object): Promise<ShopAnswer> {
    const response = await fetch(this.shop.url + path, {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(this.cookie !== undefined && { Cookie: this.cookie }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0];
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Registers a card and approves it. @returns the card's id in the shop */
  async addCard(accountNo?: string): Promise<string> {
    const { body } = await this.call('POST', '/api/cimb/cards', { mobilePhone: '081234567890' });
    const { registrationUrl } = body as { readonly registrationUrl: string };
    const id = new URL(registrationUrl).pathname.split('/').at(-1) ?? '';
    await this.shop.tellSimulator(`registrations/${id}/approve`, {
      ...(accountNo !== undefined && { accountNo }),
    });
    const cards = await this.call('GET', '/api/cimb/cards');
    const card = (cards.body as readonly { readonly id: string }[]).at(-1);
    if (!card) throw new Error('The card was not saved');
    return card.id;
  }

  /** Pays with a saved card; a code is asked for or not, by the card. */
  payByCard(reference: string, cardId: string): Promise<ShopAnswer> {
    return this.call('POST', `/api/orders/${reference}/payment/cimb`, { cardId });
  }

  confirm(reference: string, otp: string, bank: 'cimb' | 'bri' = 'cimb'): Promise<ShopAnswer> {
    return this.call('POST', `/api/orders/${reference}/payment/${bank}/otp`, { otp });
  }

  beginBriCard(cardNumber = '6013012345672800'): Promise<ShopAnswer> {
    return this.call('POST', '/api/bri/cards', { cardNumber });
  }

  confirmBriCard(otp: string): Promise<ShopAnswer> {
    return this.call('POST', '/api/bri/cards/registration/otp', { otp });
  }

  /** Saves a BRI card with BRI's code. @returns the card's id in the shop */
  async addBriCard(cardNumber?: string): Promise<string> {
    await this.beginBriCard(cardNumber);
    const { body } = await this.confirmBriCard('999999');
    const card = (body as { readonly cards: readonly { readonly id: string }[] }).cards.at(-1);
    if (!card) throw new Error('The card was not saved');
    return card.id;
  }

  payByBri(reference: string, cardId: string, withoutCode = false): Promise<ShopAnswer> {
    return this.call('POST', `/api/orders/${reference}/payment/bri`, { cardId, withoutCode });
  }

  /** Begins to link an Allo account. @returns the binding's authCode */
  async beginAlloLink(mobilePhone = '0812 3456 7890'): Promise<string> {
    const { body } = await this.call('POST', '/api/allo', { mobilePhone });
    const { pageUrl } = body as { readonly pageUrl: string };
    return new URL(pageUrl).pathname.split('/').at(-1) ?? '';
  }

  /** Links an Allo account, and agrees to it on the bank's side. */
  async linkAllo(mobilePhone?: string): Promise<void> {
    const authCode = await this.beginAlloLink(mobilePhone);
    await this.shop.tellSimulator(`bindings/${authCode}/approve`, {});
  }

  payByAllo(reference: string): Promise<ShopAnswer> {
    return this.call('POST', `/api/orders/${reference}/payment/allo`, {});
  }

  payByKki(reference: string, otp = '99999999'): Promise<ShopAnswer> {
    const cpan = '9360 0016 0998 7000 000';
    return this.call('POST', `/api/orders/${reference}/payment/kki`, { cpan, otp });
  }

  beginWallet(mobilePhone = '0812 3456 7890'): Promise<ShopAnswer> {
    const owner = { name: 'Budi Santoso', email: 'budi@example.com' };
    return this.call('POST', '/api/wallet', { ...owner, mobilePhone });
  }

  confirmWallet(otp = '999999'): Promise<ShopAnswer> {
    return this.call('POST', '/api/wallet/otp', { otp });
  }

  async wallet(): Promise<unknown> {
    return (await this.call('GET', '/api/wallet')).body;
  }

  /** Opens a wallet and sets its PIN at DOKU. @returns where DOKU sends the browser back to */
  async setWalletPin(mobilePhone?: string): Promise<string> {
    await this.beginWallet(mobilePhone);
    const { body } = await this.confirmWallet();
    const { pageUrl } = body as { readonly pageUrl: string };
    return this.decideAtDoku('wallet-registrations', pageUrl);
  }

  /** Begins to link the wallet, and agrees at DOKU. @returns where DOKU sends the browser back to */
  async agreeToWalletLink(): Promise<string> {
    const { body } = await this.call('POST', '/api/wallet/link');
    const { pageUrl } = body as { readonly pageUrl: string };
    return this.decideAtDoku('bindings', pageUrl);
  }

  /** Opens a wallet of Rp 1.000.000 and links it. */
  async linkWallet(mobilePhone?: string): Promise<void> {
    await this.follow(await this.setWalletPin(mobilePhone));
    await this.wallet();
    await this.follow(await this.agreeToWalletLink());
    await this.wallet();
  }

  /** Goes where DOKU sends the browser. @returns where the shop sends it on */
  async follow(url: string): Promise<string | null> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: this.cookie ?? '' },
    });
    return response.headers.get('Location');
  }

  payByWallet(reference: string): Promise<ShopAnswer> {
    return this.call('POST', `/api/orders/${reference}/payment/wallet`, {});
  }

  /** Asks what a top-up would be. @returns its id */
  async askTopUp(amount: number): Promise<string> {
    const { body } = await this.call('POST', '/api/wallet/moves/top-ups', { amount });
    return (body as { readonly id: string }).id;
  }

  /** Asks what a transfer to a bank would be. @returns its id */
  async askTransfer(amount: number): Promise<string> {
    const wanted = { bankCode: '014', accountNumber: '888801000157508', amount };
    const { body } = await this.call('POST', '/api/wallet/moves/transfers', wanted);
    return (body as { readonly id: string }).id;
  }

  sendMove(id: string): Promise<ShopAnswer> {
    return this.call('POST', `/api/wallet/moves/${id}/send`);
  }

  checkMove(id: string): Promise<ShopAnswer> {
    return this.call('POST', `/api/wallet/moves/${id}/check`);
  }

  async delivery(): Promise<DeliveryView> {
    return (await this.call('GET', '/api/delivery')).body as DeliveryView;
  }

  failBookkeeping(isFailing: boolean): Promise<ShopAnswer> {
    return this.call('PUT', '/api/bookkeeping', { isFailing });
  }

  async deadLetters(): Promise<readonly DeadLetterView[]> {
    return (await this.call('GET', '/api/dead-letters')).body as readonly DeadLetterView[];
  }

  /** Pays with a card that asks for no code. @returns the order's reference */
  async buy(): Promise<string> {
    const cardId = await this.addCard('760012341111');
    const { reference } = await this.openOrder();
    await this.payByCard(reference, cardId);
    return reference;
  }

  checkStatus(reference: string): Promise<ShopAnswer> {
    return this.call('POST', `/api/orders/${reference}/status-check`, {});
  }

  refund(reference: string, amount: number): Promise<ShopAnswer> {
    return this.call('POST', `/api/orders/${reference}/refunds`, { amount });
  }

  /** Agrees or declines on the bank's side, for whoever has no browser. */
  async decideLastPayment(decision: 'approve' | 'decline'): Promise<void> {
    const payments = (await this.shop.askSimulator('payments')) as readonly {
      readonly partnerReferenceNo: string;
    }[];
    const reference = payments.at(-1)?.partnerReferenceNo ?? '';
    await this.shop.tellSimulator(`payments/${reference}/${decision}`, {});
  }

  /** Agrees on a page of DOKU. @returns where DOKU sends the browser back to */
  async decideAtDoku(what: string, pageUrl: string): Promise<string> {
    const id = new URL(pageUrl).searchParams.get('token') ?? '';
    const answer = await this.shop.tellSimulator(`${what}/${id}/approve`, {});
    return (answer as { readonly redirectUrl: string }).redirectUrl;
  }

  async openOrder(productId = 'kopi-gayo'): Promise<OrderView> {
    const draftId = crypto.randomUUID().replaceAll('-', '');
    const { body } = await this.call('POST', '/api/orders', { productId, draftId });
    return body as OrderView;
  }

  /** Resolves when the order is as wanted. */
  async until(reference: string, isReached: (order: OrderView) => boolean): Promise<OrderView> {
    const giveUpAt = Date.now() + CONDITION_WITHIN_MS;
    for (;;) {
      const { body } = await this.call('GET', `/api/orders/${reference}`);
      const order = body as OrderView;
      if (isReached(order)) return order;
      if (Date.now() > giveUpAt) throw new Error(`Never reached: ${JSON.stringify(order)}`);
    }
  }
}
