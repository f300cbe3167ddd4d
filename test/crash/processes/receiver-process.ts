/** An app that takes notifications in durably; it may work on them as well. */
import { DokuModule } from 'nestjs-doku';
import { bullMqDelivery } from 'nestjs-doku/bullmq';

import { CREDENTIALS } from './credentials.js';
import { deliveryOptionsOf } from './delivery-options.js';
import { HostModule, listen } from './host.js';
import { listenersOf } from './listener-sets.js';
import { answerQuestions } from './questions.js';
import { announceReady, readSetup, type ReceiverSetup } from './setup.js';

const setup = readSetup<ReceiverSetup>();
const delivery = bullMqDelivery(deliveryOptionsOf(setup, setup));
const app = await listen(
  {
    module: HostModule,
    imports: [DokuModule.forRoot({ ...CREDENTIALS, notifications: { delivery } })],
    providers: listenersOf(setup),
  },
  setup,
);
answerQuestions(app);
announceReady();
