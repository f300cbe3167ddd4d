import { Catch, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { ServerResponse } from 'node:http';
import { Gateway } from './gateway.js';
import { pathOf, type RawRequest } from './raw-request.js';

/** Paths that are the simulator's own; all others are taken for calls to the gateway. */
const OWN_PATHS = /^\/(_simulator|cimb\/register|direct-debit\/ui|wallet)(\/|$)/;

/** Answers calls to paths that do not exist like the gateway, and records them. */
@Catch(NotFoundException)
export class UnknownRouteFilter extends BaseExceptionFilter {
  constructor(
    adapterHost: HttpAdapterHost,
    private readonly gateway: Gateway,
  ) {
    super(adapterHost.httpAdapter);
  }

  override catch(exception: NotFoundException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<RawRequest>();
    if (OWN_PATHS.test(pathOf(request))) {
      super.catch(exception, host);
      return;
    }
    void this.gateway.refuseUnknownPath(request, http.getResponse<ServerResponse>());
  }
}
