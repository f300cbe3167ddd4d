export { KkiService } from './kki.service.js';
export type { KkiMemberNames, KkiOperationName, KkiOptions } from './kki.options.js';
export type { KkiPayment } from './kki.responses.js';
export { KkiCreatePaymentDto } from './dto/create-payment.dto.js';
