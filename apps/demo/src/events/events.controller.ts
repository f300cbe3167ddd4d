import { Controller, type MessageEvent, Sse } from '@nestjs/common';
import type { Observable } from 'rxjs';

import { CustomerId } from '../customers/customer.decorators.js';
import { LiveUpdates } from './live-updates.js';

@Controller('api/events')
export class EventsController {
  constructor(private readonly updates: LiveUpdates) {}

  @Sse()
  stream(@CustomerId() customerId: string): Observable<MessageEvent> {
    return this.updates.of(customerId);
  }
}
