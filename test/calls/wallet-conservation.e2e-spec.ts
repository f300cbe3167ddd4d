import { setTimeout } from 'node:timers/promises';

import { afterEach, expect, it } from '@jest/globals';
import {
  createPartnerReference,
  dokuCall,
  type DokuCallOptions,
  DokuError,
  type DokuWalletService,
} from 'nestjs-doku';
import { DEFAULT_AUTH_CODE_SECRET_KEY } from 'nestjs-doku-simulator';

import { type StartedLibrary, startLibrary } from '../harness/library.js';
import { SimulatedDoku } from '../harness/simulated-shop.js';
import { MERCHANT_PRIVATE_KEY, MERCHANT_PUBLIC_KEY } from '../harness/snap-merchant.js';

/** More of them for a long run: `WALLET_OPERATIONS=20000 npm test -- wallet-conservation`. */
const OPERATIONS = Number(process.env.WALLET_OPERATIONS ?? 2_000);
const CUSTOMERS = 12;
const SEED = 20_260_115;
const BEGINNING = 1_000_000;
/** A money call that takes longer is given up. */
const PATIENCE_MS = 150;
/** Late ones are carried out all the same: after the shop has asked, and called again, on a busy machine too. */
const LATE_MS = 1_000;
/** Something else is wrong then. */
const MANY_TIMES = 50;

let doku: SimulatedDoku;
let library: StartedLibrary;

afterEach(async () => {
  await library.close();
  await doku.stop();
});

async function start(): Promise<void> {
  doku = await SimulatedDoku.start({ merchantPublicKey: MERCHANT_PUBLIC_KEY });
  library = await startLibrary({
    baseUrl: doku.url,
    privateKey: MERCHANT_PRIVATE_KEY,
    authCodeSecretKey: DEFAULT_AUTH_CODE_SECRET_KEY,
  });
}

it('thousands of operations at a faulty DOKU move every rupiah once', async () => {
  await start();

  const { problems, done, faults } = await run(OPERATIONS);

  expect(problems).toEqual([]);
  expect(faults).toBeGreaterThan(OPERATIONS / 5);
  for (const kind of ['top-up', 'transfer', 'purchase', 'refund', 'cancel'] as const) {
    expect({ kind, often: (done.get(kind) ?? 0) > OPERATIONS / 50 }).toEqual({ kind, often: true });
  }
  expect(library.logs.matching(/outcome=outcome-unknown/).length).toBeGreaterThan(OPERATIONS / 50);
}, 300_000);

it('the same goes wrong at a DOKU that does not know its references', async () => {
  await start();
  await doku.post('/settings', { idempotency: false });

  const { problems } = await run(400);

  expect(problems).toContainEqual(expect.stringMatching(/^(booked twice|refunded)/));
}, 300_000);

/** What happened, and whatever does not add up in the end. */
interface Outcome {
  readonly problems: readonly string[];
  /** How many operations of a kind were carried out. */
  readonly done: ReadonlyMap<string, number>;
  readonly faults: number;
}

async function run(operations: number): Promise<Outcome> {
  const shoppers = await Promise.all(
    Array.from({ length: CUSTOMERS }, (_, index) => Shopper.open(index)),
  );
  const ends = await Promise.allSettled(
    shoppers.map((shopper) => shopper.act(operations / CUSTOMERS)),
  );
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
  await doku.clearFaults();
  // A call that was given up may still be carried out.
  await setTimeout(LATE_MS + 100);
  for (const { open } of shoppers) for (const look of open) await look();
  const problems = [...failures, ...(await audit(shoppers))];
  const done = new Map<string, number>();
  for (const shopper of shoppers) {
    for (const { kind } of shopper.movements) done.set(kind, (done.get(kind) ?? 0) + 1);
  }
  return { problems, done, faults: shoppers.reduce((sum, { faults }) => sum + faults, 0) };
}

/** A movement of money as the shop believes it happened; positive into the wallet. */
interface Movement {
  readonly kind: 'top-up' | 'transfer' | 'purchase' | 'refund' | 'cancel';
  /** Of the operation, or of the purchase that is given back. */
  readonly reference: string;
  readonly amount: number;
}

interface Paid {
  readonly reference: string;
  readonly transactionDate: Date;
  left: number;
}

/** One customer, and what the shop does for the customer, one after the other. */
class Shopper {
  readonly movements: Movement[] = [];
  faults = 0;
  /** Looks at what was open when the shop went on. */
  readonly open: (() => Promise<void>)[] = [];
  private readonly paid: Paid[] = [];
  private readonly options: DokuCallOptions;

  private constructor(
    private readonly random: () => number,
    readonly phoneNo: string,
    accountId: string,
  ) {
    this.options = { customer: { accountId } };
  }

  static async open(index: number): Promise<Shopper> {
    const phoneNo = `62812${String(index).padStart(8, '0')}`;
    const { wallet } = (await doku.post('/wallets', {
      phoneNo,
      balance: `${BEGINNING}.00`,
      bind: true,
    })) as { wallet: { accountId: string } };
    return new Shopper(mulberry32(SEED + index), phoneNo, wallet.accountId);
  }

  get balance(): number {
    return this.movements.reduce((sum, { amount }) => sum + amount, BEGINNING);
  }

  async act(times: number): Promise<void> {
    for (let turn = 0; turn < times; turn += 1) {
      const step = this.pick<() => Promise<void>>([
        () => this.topUp(),
        () => this.topUp(),
        () => this.transfer(),
        () => this.purchase(),
        () => this.purchase(),
        () => this.giveBack(),
        () => this.giveBack(),
        () => this.look(),
      ]);
      await step();
    }
  }

  /** What the wallet holds, as DOKU tells it. */
  async told(): Promise<number> {
    const { accountInfos } = await this.asking(() => wallet().inquireBalance({}, this.options));
    return Number(accountInfos[0]?.availableBalance?.value);
  }

  private async look(): Promise<void> {
    await this.trouble('wallet.inquireBalance', ['error-500', 'drop-before-processing']);
    await this.told();
  }

  private async topUp(): Promise<void> {
    const reference = createPartnerReference();
    const amount = this.amount();
    const inquiry =
      this.random() < 0.2
        ? await this.asking(() =>
            wallet().inquireTopUpAccount(
              { customerNumber: this.phoneNo, amount: { value: amount } },
              this.options,
            ),
          )
        : undefined;
    const request = {
      customerNumber: this.phoneNo,
      amount: { value: amount },
      ...inquiry?.forTopUp,
    };
    await this.trouble('wallet.topUp');
    await this.once(
      (options) => wallet().topUp({ ...request, partnerReferenceNo: reference }, options),
      async (externalId) => {
        const { status } = await wallet().queryTopUp(
          {
            originalPartnerReferenceNo: reference,
            ...(externalId === undefined ? {} : { originalExternalId: externalId }),
          },
          this.options,
        );
        return status === 'paid';
      },
      () => this.movements.push({ kind: 'top-up', reference, amount }),
    );
  }

  private async transfer(): Promise<void> {
    const reference = createPartnerReference();
    const amount = this.amount();
    const inquiry = await this.asking(() =>
      wallet().inquireBankAccount(
        {
          customerNumber: this.phoneNo,
          beneficiaryAccountNumber: this.pick(['888801000157508', '888801000157509']),
          amount: { value: amount },
          additionalInfo: { bankCode: '014' },
        },
        this.options,
      ),
    );
    const request = {
      ...inquiry.forTransferToBank,
      partnerReferenceNo: reference,
      accountType: 'S',
    };
    await this.trouble('wallet.transferToBank');
    await this.once(
      (options) => wallet().transferToBank(request, options),
      async () => {
        const { status } = await wallet().getTransaction(
          { originalPartnerReferenceNo: reference },
          this.options,
        );
        return status === 'SUCCESS';
      },
      () => this.movements.push({ kind: 'transfer', reference, amount: -amount }),
    );
  }

  private async purchase(): Promise<void> {
    const reference = createPartnerReference();
    const amount = this.amount();
    const transactionDate = new Date();
    const query = { originalPartnerReferenceNo: reference, transactionDate };
    await this.trouble('wallet.purchase');
    const isThere = await this.once(
      (options) =>
        wallet().purchase({ partnerReferenceNo: reference, amount: { value: amount } }, options),
      async () => (await wallet().queryPurchase(query, this.options)).status === 'pending',
      () => undefined,
    );
    const decision = this.pick(['approve', 'approve', 'approve', 'decline', 'none'] as const);
    if (!isThere || decision === 'none') return;
    await doku.post(`/payments/${reference}/${decision}`, {});
    const { status } = await this.asking(() => wallet().queryPurchase(query, this.options));
    if (status !== 'paid') return;
    this.movements.push({ kind: 'purchase', reference, amount: -amount });
    this.paid.push({ reference, transactionDate, left: amount });
  }

  /** Takes a purchase back, or gives back a part of it. */
  private async giveBack(): Promise<void> {
    const purchase = this.paid.at(-1);
    if (!purchase) return;
    const { reference, transactionDate } = purchase;
    const originalPartnerReferenceNo = reference;
    const query = { originalPartnerReferenceNo, transactionDate };
    const isUntouched = this.movements.filter((each) => each.reference === reference).length === 1;
    if (isUntouched && this.random() < 0.5) {
      await this.trouble('wallet.cancelPurchase');
      this.paid.pop();
      await this.once(
        (options) =>
          wallet().cancelPurchase({ originalPartnerReferenceNo, reason: 'Not wanted' }, options),
        async () => (await wallet().queryPurchase(query, this.options)).status === 'cancelled',
        () => this.movements.push({ kind: 'cancel', reference, amount: purchase.left }),
      );
      return;
    }
    const partnerRefundNo = createPartnerReference();
    const amount = this.random() < 0.5 ? purchase.left : Math.ceil(purchase.left / 3);
    await this.trouble('wallet.refundPurchase');
    const isDone = await this.once(
      (options) =>
        wallet().refundPurchase(
          { originalPartnerReferenceNo, partnerRefundNo, refundAmount: { value: amount } },
          options,
        ),
      async () => {
        const { refundHistory = [] } = await wallet().queryPurchase(query, this.options);
        return refundHistory.some((each) => each.partnerRefundNo === partnerRefundNo);
      },
      () => this.movements.push({ kind: 'refund', reference, amount }),
    );
    purchase.left -= amount;
    if (!isDone || purchase.left === 0) this.paid.pop();
  }

  /**
   * Does something that moves money, as the guide says: after an open outcome ask, and call again only if DOKU
   * does not know it, with the same references.
   */
  private async once(
    call: (options: DokuCallOptions) => Promise<{ readonly status: string }>,
    isKnown: (externalId: string | undefined) => Promise<boolean>,
    done: () => void,
  ): Promise<boolean> {
    let isOpen = false;
    // Of several attempts nobody knows which was carried out.
    let externalId: string | undefined;
    for (let times = 0; ; times += 1) {
      try {
        const answer = await call({ ...this.options, timeoutMs: PATIENCE_MS });
        if (answer.status !== 'in-progress') {
          done();
          return true;
        }
        isOpen = true;
        if (times === 0) externalId = dokuCall(answer).externalId;
      } catch (error) {
        if (!(error instanceof DokuError) || times > MANY_TIMES) throw error;
        if (error.code === 'outcome-unknown') {
          isOpen = true;
          externalId = times === 0 ? error.externalId : undefined;
        }
        // Nothing of this attempt was carried out. What was open before is open still.
        else if (error.code === 'refused') {
          // Too early to say of an attempt that may be late: looked up in the end.
          if (isOpen) {
            this.open.push(async () => {
              if (await this.found(undefined, isKnown)) done();
            });
          }
          return false;
        }
      }
      if (isOpen && (await this.found(externalId, isKnown))) {
        done();
        return true;
      }
    }
  }

  private async found(
    externalId: string | undefined,
    isKnown: (externalId: string | undefined) => Promise<boolean>,
  ): Promise<boolean> {
    try {
      return await this.asking(() => isKnown(externalId));
    } catch (error) {
      if (error instanceof DokuError && error.code === 'refused' && error.httpStatus === 404) {
        return false;
      }
      throw error;
    }
  }

  /** Asks until there is an answer. */
  private async asking<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (let times = 0; ; times += 1) {
      try {
        return await ask();
      } catch (error) {
        // With tokens revoked all the time, a call may lose the new one as well.
        const isTemporary =
          error instanceof DokuError && ['unavailable', 'authentication'].includes(error.code);
        if (!isTemporary || times > MANY_TIMES) throw error;
      }
    }
  }

  /** Now and then lets the next call of an operation, or of what it needs, go wrong. */
  private async trouble(operation: string, kinds?: readonly string[]): Promise<void> {
    if (this.random() > 0.4) return;
    this.faults += 1;
    const fault = this.pick<readonly [string, object?]>(
      kinds?.map((kind) => [kind] as const) ?? [
        ['drop-after-processing'],
        ['drop-before-processing'],
        ['error-500', { processed: true }],
        ['error-500'],
        ['error-504', { processed: true }],
        ['error-504'],
        ['in-progress', { processed: true }],
        ['garbage'],
        ['conflict-replay'],
        ['hang'],
        ['hang', { processed: true }],
        ['delay', { ms: LATE_MS }],
        ['delay', { ms: LATE_MS }],
        ['refuse', { responseCode: '4013802' }],
        ['refuse', { responseCode: '4013801' }],
        ['revoke', { kind: 'b2b' }],
        ['revoke', { kind: 'b2b2c' }],
        ['lose-token', { kind: 'b2b2c' }],
      ],
    );
    const [kind, more = {}] = fault;
    if (kind === 'revoke' || kind === 'lose-token') {
      if (kind === 'lose-token') await doku.fault('snap.b2b2cToken', 'drop-after-processing');
      await doku.post('/tokens/revoke', more);
      return;
    }
    await doku.fault(operation, kind, more);
  }

  private amount(): number {
    return 1_000 + Math.floor(this.random() * 60_000);
  }

  private pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[Math.floor(this.random() * choices.length)] as Choice;
  }
}

function wallet(): DokuWalletService {
  return library.wallet;
}

/** Compares what the shop believes with the simulator's books; a sentence for each difference. */
async function audit(shoppers: readonly Shopper[]): Promise<string[]> {
  const problems: string[] = [];
  const same = (what: string, believed: unknown, booked: unknown): void => {
    if (believed !== booked) problems.push(`${what}: ${String(believed)}, but ${String(booked)}`);
  };
  const { wallets, others, sum } = (await doku.get('/wallets')) as {
    wallets: { phoneNo: string; party: string; balance: string }[];
    others: { party: string; balance: string }[];
    sum: string;
  };
  const { ledger } = doku.simulator;
  same('sum of all parties', '0.00', sum);
  same('booked twice', 0, ledger.debitedTwice().length);

  for (const shopper of shoppers) {
    const { phoneNo, balance, movements } = shopper;
    const held = wallets.find((each) => each.phoneNo === phoneNo);
    same(`wallet ${phoneNo}`, balance, Number(held?.balance));
    same(`wallet ${phoneNo} by inquiry`, balance, await shopper.told());
    same(`ledger of ${phoneNo}`, balance - BEGINNING, ledger.netByParty().get(held?.party ?? ''));
    for (const { reference } of movements) {
      const { paid, refunded } = ledger.balanceOf(reference);
      const mine = movements.filter((each) => each.reference === reference);
      const gaveBack = ['refund', 'cancel'];
      const isBack = ({ kind }: Movement): boolean => gaveBack.includes(kind);
      same(`paid ${reference}`, total(mine.filter((each) => !isBack(each))), paid);
      same(`refunded ${reference}`, total(mine.filter(isBack)), refunded);
    }
  }

  const all = shoppers.flatMap(({ movements }) => movements);
  const references = new Set(all.map(({ reference }) => reference));
  for (const { invoiceNumber } of ledger.entries()) {
    if (!references.has(invoiceNumber)) problems.push(`${invoiceNumber} moved money unnoticed`);
  }
  const heldBy = (prefix: string): number =>
    others
      .filter(({ party }) => party.startsWith(prefix))
      .reduce((amount, { balance }) => amount + Number(balance), 0);
  const transfers = all.filter(({ kind }) => kind === 'transfer');
  same('the banks', total(transfers), heldBy('bank:'));
  const withMerchant = all.filter(({ kind }) => kind !== 'transfer');
  same(
    'the merchant',
    -withMerchant.reduce((amount, each) => amount + each.amount, 0),
    heldBy('merchant:'),
  );
  return problems;
}

/** Amounts without their sign. */
function total(movements: readonly Movement[]): number {
  return movements.reduce((sum, { amount }) => sum + Math.abs(amount), 0);
}

/** A small generator of numbers from 0 to 1 that a seed decides. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
