import { Controller, Get, Inject } from '@nestjs/common';
import { DOKU_PUBLIC_KEY } from '../simulator.tokens.js';

@Controller('_simulator/doku-public-key')
export class DokuKeyController {
  constructor(@Inject(DOKU_PUBLIC_KEY) private readonly publicKey: string) {}

  @Get()
  read(): { publicKey: string } {
    return { publicKey: this.publicKey };
  }
}
