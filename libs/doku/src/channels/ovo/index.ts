export { OvoService } from './ovo.service.js';
export type { OvoOperationName, OvoOptions } from './ovo.options.js';
export type { OvoPayment, OvoPaymentAccepted } from './ovo.responses.js';
export { OvoBindAccountDto } from './dto/bind-account.dto.js';
export {
  OvoCreatePaymentDto,
  OvoPaymentInfoDto,
  OvoPayOptionDto,
} from './dto/create-payment.dto.js';
