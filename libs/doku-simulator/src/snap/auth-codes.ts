import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Binding } from '../bank/binding-book.js';

interface AuthCode {
  readonly binding: Binding;
  isSpent: boolean;
}

/** Codes that are good for one token each, of bindings that have such codes. */
@Injectable()
export class AuthCodes {
  private readonly codes = new Map<string, AuthCode>();

  issue(binding: Binding): string {
    const code = randomUUID();
    this.codes.set(code, { binding, isSpent: false });
    return code;
  }

  find(clientId: string, code: string): AuthCode | undefined {
    const known = this.codes.get(code);
    return known?.binding.clientId === clientId ? known : undefined;
  }
}
