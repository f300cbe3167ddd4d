import { type DokuOperation, operation } from '../../http/doku-operation.js';
import { configurePaths } from '../configure-paths.js';
import { channelProblems, withChannel } from '../snap-direct-debit/channel-code.js';
import { checkStatusOperation } from '../snap-direct-debit/check-status.operation.js';
import { askForStatus } from '../snap-direct-debit/recovery.js';
import { type ReferenceForm, referenceProblems } from '../snap-direct-debit/references.rule.js';
import { refundOperation } from '../snap-direct-debit/refund.operation.js';
import { membersOf } from '../snap-direct-debit/snap-answer.js';
import { KkiCreatePaymentDto } from './dto/create-payment.dto.js';
import type { KkiOperationName, KkiSettings } from './kki.options.js';
import type { KkiPayment } from './kki.responses.js';

/** A payment takes at most 32, its refund at least 32 (reference snap C11). */
const REFERENCES: Record<KkiSettings['references'], ReferenceForm> = {
  strict: { min: 32, max: 32, alphanumeric: true },
  lenient: { min: 1, max: 32, alphanumeric: false },
};

/** Of a refund: its request class allows 64 (reference snap 10.2, C5). */
const REFUND_NUMBER: ReferenceForm = { min: 1, max: 12, alphanumeric: false };

/** The table of headers has none of them for KKI (reference snap 5). */
const NO_OPTIONAL_HEADERS = { ipAddress: 'never', deviceId: 'never' } as const;

const SERVICE = 'KkiService';

/** Kartu Kredit Indonesia, host to host (reference snap 10), with the settings of the channel. */
export function kkiOperations(settings: KkiSettings) {
  const { channel, members, digitsAs } = settings;
  const isStrict = settings.references === 'strict';

  const operations = {
    createPayment: operation<KkiCreatePaymentDto, KkiPayment>({
      name: 'kki.createPayment',
      method: 'POST',
      path: '/direct-debit/core/v1/debit/payment-host-to-host',
      scheme: 'snap',
      // DOKU's page marks it required, and has no binding to get it from (reference snap C12).
      customer: 'optional',
      headers: NO_OPTIONAL_HEADERS,
      effect: 'once',
      request: KkiCreatePaymentDto,
      rules: (request) => [
        ...referenceProblems(
          'partnerReferenceNo',
          request.partnerReferenceNo,
          REFERENCES[settings.references],
        ),
        ...sourceProblems(request),
        ...(digitsAs === 'number' ? bareNumberProblems(request) : []),
        ...channelProblems(request, channel),
      ],
      body: ({ cpan, otp, bankCardToken, ...others }) => ({
        ...withChannel(others, channel),
        ...ifGiven(members.cpan, cpan),
        ...ifGiven(members.otp, otp),
        ...ifGiven(members.token, bankCardToken),
      }),
      ...(digitsAs === 'number' ? { bareNumbers: [[members.cpan], [members.otp]] } : {}),
      reference: ['partnerReferenceNo'],
      proof: [['partnerReferenceNo']],
      echo: [['partnerReferenceNo']],
      normalise: (answer, progress) => {
        const given = membersOf(answer, progress);
        return given && { ...given, status: progress === 'done' ? 'accepted' : 'in-progress' };
      },
      recovery: askForStatus(SERVICE),
    }),

    // Without an echo: DOKU's own sample answers with other references (reference snap 10.2).
    refund: refundOperation({
      name: 'kki.refund',
      service: SERVICE,
      channel,
      customer: 'optional',
      headers: NO_OPTIONAL_HEADERS,
      references: ({ originalPartnerReferenceNo, partnerRefundNo }) =>
        isStrict
          ? [
              ...referenceProblems(
                'originalPartnerReferenceNo',
                originalPartnerReferenceNo,
                REFERENCES.strict,
              ),
              ...referenceProblems('partnerRefundNo', partnerRefundNo, REFUND_NUMBER),
            ]
          : [],
    }),

    checkStatus: checkStatusOperation({
      name: 'kki.checkStatus',
      channel,
      serviceCode: settings.statusServiceCode,
    }),
  } satisfies Record<KkiOperationName, DokuOperation>;
  return configurePaths(operations, settings.paths, 'channels.kki.paths');
}

function sourceProblems({ cpan, bankCardToken }: KkiCreatePaymentDto): readonly string[] {
  const given = [cpan, bankCardToken].filter((source) => typeof source === 'string');
  return given.length === 1 ? [] : ['give either cpan or bankCardToken'];
}

/** JSON has no numbers that begin with 0; without it they would be other digits. */
function bareNumberProblems({ cpan, otp }: KkiCreatePaymentDto): readonly string[] {
  return Object.entries({ cpan, otp })
    .filter(([, digits]) => digits?.startsWith('0'))
    .map(
      ([member]) =>
        `${member} begins with 0, which a number in JSON cannot; "channels.kki.digitsAs: 'string'" sends it as a text`,
    );
}

function ifGiven(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return typeof value === 'string' ? { [name]: value } : {};
}
