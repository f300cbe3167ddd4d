import { Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { BindingBook, type Binding } from '../bank/binding-book.js';
import { SnapBindings } from '../snap/snap-bindings.js';
import { ApiInput, JsonBody } from './api-input.js';
import { refusalAsBadRequest } from './decision.js';
import type { JsonObject } from '../engine/json.js';

/** Decides bindings without a browser. */
@Controller('_simulator/bindings')
export class BindingsController {
  constructor(
    private readonly book: BindingBook,
    private readonly bindings: SnapBindings,
  ) {}

  @Get()
  list(): Binding[] {
    return this.book.all();
  }

  @Post(':authCode/approve')
  @HttpCode(200)
  approve(@Param('authCode') authCode: string, @JsonBody() body: JsonObject): object {
    return this.decide(authCode, body, (binding) => {
      this.bindings.approve(binding);
    });
  }

  @Post(':authCode/decline')
  @HttpCode(200)
  decline(@Param('authCode') authCode: string, @JsonBody() body: JsonObject): object {
    return this.decide(authCode, body, (binding) => {
      this.bindings.decline(binding);
    });
  }

  private decide(
    authCode: string,
    body: JsonObject,
    decision: (binding: Binding) => void,
  ): { binding: Binding; redirectUrl: string; authCode?: string } {
    new ApiInput(body).allowOnly();
    const binding = this.book.find(authCode);
    if (binding === undefined) {
      throw new NotFoundException(
        `No binding has authCode "${authCode}"; it is the last part of redirectUrl.`,
      );
    }
    refusalAsBadRequest(() => {
      decision(binding);
    });
    const redirectUrl = this.bindings.landingOf(binding);
    const code = new URL(redirectUrl).searchParams.get('authCode');
    return {
      binding,
      redirectUrl,
      ...(binding.hasOneTimeCodes === true && code !== null && { authCode: code }),
    };
  }
}
