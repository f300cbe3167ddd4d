import { Controller, Get, HttpException, Param, Post, Req, Res } from '@nestjs/common';
import { ServerResponse } from 'node:http';
import { CimbRegistrations, RegistrationRefused, type Registration } from './cimb-registrations.js';
import { renderMessage, renderRegistration } from './cimb-registration.page.js';
import { sendPage } from '../../console/page-frame.js';
import { toHeaderAddress } from '../../engine/web-address.js';
import type { RawRequest } from '../../engine/raw-request.js';

/** The bank's page, where the customer's browser goes (`cimb_registration_url`). */
@Controller('cimb/register')
export class CimbRegistrationController {
  constructor(private readonly registrations: CimbRegistrations) {}

  @Get(':id')
  show(@Param('id') id: string, @Res() response: ServerResponse): void {
    const registration = this.registrations.find(id);
    if (registration === undefined) sendUnknown(response);
    else if (registration.state !== 'PENDING') sendDecided(response, registration);
    else sendPage(response, 200, renderRegistration(registration));
  }

  @Post(':id')
  decide(
    @Param('id') id: string,
    @Req() request: RawRequest,
    @Res() response: ServerResponse,
  ): void {
    const registration = this.registrations.find(id);
    if (registration === undefined) {
      sendUnknown(response);
      return;
    }
    if (registration.state !== 'PENDING') {
      sendDecided(response, registration);
      return;
    }
    const form = new URLSearchParams(request.rawBody?.toString('utf8') ?? '');
    try {
      const decided = this.apply(registration, form);
      const target = decided.state === 'APPROVED' ? decided.successUrl : decided.failedUrl;
      if (target === undefined) {
        sendDecided(response, decided);
        return;
      }
      response.writeHead(303, { Location: toHeaderAddress(target), 'Content-Length': 0 });
      response.end();
    } catch (error) {
      if (!(error instanceof RegistrationRefused)) throw error;
      sendPage(response, 400, renderRegistration(registration, error.message));
    }
  }

  private apply(registration: Registration, form: URLSearchParams): Registration {
    const accountNo = form.get('account_no')?.replaceAll(/[\s-]/g, '') ?? '';
    switch (form.get('action')) {
      case 'approve':
        return this.registrations.approve(registration, accountNo).registration;
      case 'decline':
        return this.registrations.decline(registration);
      default:
        throw new HttpException('"action" must be "approve" or "decline".', 400);
    }
  }
}

function sendUnknown(response: ServerResponse): void {
  sendPage(
    response,
    404,
    renderMessage('Unknown registration', 'No registration has this address. Start a new one.'),
  );
}

function sendDecided(response: ServerResponse, { state }: Registration): void {
  const text =
    state === 'APPROVED'
      ? 'The account is saved. This link has been used and cannot be used again.'
      : 'The registration was declined. This link has been used and cannot be used again.';
  sendPage(response, 200, renderMessage(`Registration ${state.toLowerCase()}`, text));
}
