import { Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';

/** Tells the console that something changed and should be read again. */
@Injectable()
export class ChangeFeed {
  private readonly subject = new Subject<void>();
  readonly changes: Observable<void> = this.subject.asObservable();

  announce(): void {
    this.subject.next();
  }

  close(): void {
    this.subject.complete();
  }
}
