/** A worker app: brings events to listeners, and takes in nothing. */
import { NestFactory } from '@nestjs/core';
import { DokuNotificationWorkerModule } from 'nestjs-doku/bullmq';
import { bullMqDelivery } from 'nestjs-doku/bullmq';

import { CREDENTIALS } from './credentials.js';
import { deliveryOptionsOf } from './delivery-options.js';
import { HostModule, LOGGER } from './host.js';
import { listenersOf } from './listener-sets.js';
import { answerQuestions } from './questions.js';
import { announceReady, type AppSetup, readSetup } from './setup.js';

const setup = readSetup<AppSetup>();
const delivery = bullMqDelivery(deliveryOptionsOf(setup, { worker: true }));
const app = await NestFactory.createApplicationContext(
  {
    module: HostModule,
    imports: [DokuNotificationWorkerModule.forRoot({ ...CREDENTIALS, notifications: { delivery } })],
    providers: listenersOf(setup),
  },
  { ...(LOGGER === false && { logger: LOGGER }) },
);
app.enableShutdownHooks();
answerQuestions(app);
announceReady();
