import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import { DeadLetterDesk, type DeadLetterView } from './dead-letter-desk.js';
import { DiscardDeadLetterDto } from './dto/discard-dead-letter.dto.js';

@Controller('api/dead-letters')
export class DeadLettersController {
  constructor(private readonly desk: DeadLetterDesk) {}

  @Get()
  list(): Promise<DeadLetterView[]> {
    return this.desk.list();
  }

  @Get(':id')
  async inspect(@Param('id') id: string): Promise<{ readonly event: unknown }> {
    return { event: await this.desk.inspect(id) };
  }

  @Post('replay')
  @HttpCode(200)
  async replayAll(): Promise<{ readonly replayed: number }> {
    return { replayed: await this.desk.replayAll() };
  }

  @Post(':id/replay')
  @HttpCode(204)
  replay(@Param('id') id: string): Promise<void> {
    return this.desk.replay(id);
  }

  @Post(':id/discard')
  @HttpCode(204)
  discard(@Param('id') id: string, @Body() { reason }: DiscardDeadLetterDto): Promise<void> {
    return this.desk.discard(id, reason);
  }
}
