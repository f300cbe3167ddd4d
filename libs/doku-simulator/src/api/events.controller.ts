import { Controller, Sse, type MessageEvent } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { ChangeFeed } from '../engine/change-feed.js';

/** Server-sent events that tell the console to read again. */
@Controller('_simulator/events')
export class EventsController {
  constructor(private readonly feed: ChangeFeed) {}

  @Sse()
  stream(): Observable<MessageEvent> {
    return this.feed.changes.pipe(map(() => ({ data: 'changed' })));
  }
}
