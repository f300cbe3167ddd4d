import type { IncomingMessage, ServerResponse } from 'node:http';

import { Controller, Get, HttpStatus, Inject, Param, Req, Res } from '@nestjs/common';

import { ShopError } from '../errors/shop.error.js';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.js';
import { PageFiles } from './page-files.js';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

@Controller()
export class PageController {
  constructor(
    private readonly files: PageFiles,
    @Inject(shopSettings.KEY) private readonly settings: ShopSettings,
  ) {}

  @Get()
  shop(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.sendPage(request, response, ['/', 'index.html']);
  }

  @Get('wallet')
  wallet(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.sendPage(request, response, ['/wallet', 'wallet.html']);
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() response: ServerResponse): void {
    this.send(response, name);
  }

  private sendPage(
    request: IncomingMessage,
    response: ServerResponse,
    [path, name]: readonly [path: string, name: string],
  ): void {
    // The bank sends the browser back to SHOP_URL, and cookies of `localhost` do not go to 127.0.0.1.
    if (isOtherLoopbackName(request.headers.host, this.settings.shopUrl)) {
      response.writeHead(302, { Location: `${this.settings.shopUrl}${path}` });
      response.end();
      return;
    }
    this.send(response, name);
  }

  private send(response: ServerResponse, name: string): void {
    const file = this.files.get(name);
    if (!file) throw new ShopError('not-found', HttpStatus.NOT_FOUND, 'There is no such page.');
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': file.content.length,
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
    });
    response.end(file.content);
  }
}

function isOtherLoopbackName(host: string | undefined, shopUrl: string): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const asked = new URL(`http://${host}`);
  const shop = new URL(shopUrl);
  return (
    asked.hostname !== shop.hostname &&
    asked.port === shop.port &&
    [asked, shop].every(({ hostname }) => LOOPBACK_NAMES.includes(hostname))
  );
}
