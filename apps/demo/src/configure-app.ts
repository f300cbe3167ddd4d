import { HttpStatus, type INestApplication, ValidationPipe } from '@nestjs/common';

import { rememberCustomer } from './customers/customer-cookie.js';
import { ShopError } from './errors/shop.error.js';
import { ShopErrorFilter } from './errors/shop-error.filter.js';

/** What `main.ts` and the tests do to the app alike. */
export function configureApp<App extends INestApplication>(app: App): App {
  app.use(rememberCustomer);
  app.useGlobalFilters(new ShopErrorFilter());
  app.useGlobalPipes(
    new ValidationPipe({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (problems) => {
        const messages = problems.flatMap(({ constraints = {} }) => Object.values(constraints));
        return new ShopError('invalid-input', HttpStatus.BAD_REQUEST, messages.join(' '));
      },
    }),
  );
  app.enableShutdownHooks();
  return app;
}
