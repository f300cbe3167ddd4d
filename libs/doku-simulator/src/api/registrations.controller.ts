import {
  BadRequestException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import {
  CimbRegistrations,
  RegistrationRefused,
  type Registration,
} from '../channels/cimb/cimb-registrations.js';
import { BriRegistrations, type BriRegistration } from '../channels/bri/bri-registrations.js';
import { ApiInput, JsonBody } from './api-input.js';
import type { Card } from '../bank/card-book.js';
import type { JsonObject } from '../engine/json.js';

/** Shows registrations, and decides those of CIMB without a browser; BRI's take an OTP. */
@Controller('_simulator/registrations')
export class RegistrationsController {
  constructor(
    private readonly registrations: CimbRegistrations,
    private readonly briRegistrations: BriRegistrations,
  ) {}

  @Get()
  list(): (Registration | BriRegistration)[] {
    return [...this.registrations.all(), ...this.briRegistrations.all()];
  }

  @Post(':id/approve')
  @HttpCode(200)
  approve(
    @Param('id') id: string,
    @JsonBody() body: JsonObject,
  ): { registration: Registration; card: Card } {
    const accountNo = new ApiInput(body).allowOnly('accountNo').optionalText('accountNo');
    return refusalAsBadRequest(() => this.registrations.approve(this.find(id), accountNo));
  }

  @Post(':id/decline')
  @HttpCode(200)
  decline(@Param('id') id: string, @JsonBody() body: JsonObject): { registration: Registration } {
    new ApiInput(body).allowOnly();
    return refusalAsBadRequest(() => ({ registration: this.registrations.decline(this.find(id)) }));
  }

  private find(id: string): Registration {
    const registration = this.registrations.find(id);
    if (registration === undefined) {
      throw new NotFoundException(
        `No registration has id "${id}"; it is the last part of cimb_registration_url.`,
      );
    }
    return registration;
  }
}

function refusalAsBadRequest<Result>(decide: () => Result): Result {
  try {
    return decide();
  } catch (error) {
    if (error instanceof RegistrationRefused) throw new BadRequestException(error.message);
    throw error;
  }
}
