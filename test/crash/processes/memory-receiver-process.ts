/** The counter-example: answers 200, and works in memory afterwards. Killed, it must be seen to lose. */
import { DokuModule } from 'nestjs-doku';

import { CREDENTIALS } from './credentials.js';
import { HostModule, listen } from './host.js';
import { listenersOf } from './listener-sets.js';
import { announceReady, readSetup, type ReceiverSetup } from './setup.js';

const setup = readSetup<ReceiverSetup>();
await listen(
  {
    module: HostModule,
    imports: [DokuModule.forRoot(CREDENTIALS)],
    providers: listenersOf(setup),
  },
  setup,
);
announceReady();
