import { ConfigurableModuleBuilder, Module } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import type { DokuModuleOptions } from './doku-module-options.js';
import { MerchantRegistry } from './merchant-registry.js';
import { resolveDokuOptions } from './resolve-doku-options.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<DokuModuleOptions>()
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createDokuOptions')
    .build();

/** Owns the options, so that every other module can import them from one place. */
@Module({
  providers: [
    { provide: DOKU_OPTIONS, inject: [MODULE_OPTIONS_TOKEN], useFactory: resolveDokuOptions },
    MerchantRegistry,
  ],
  exports: [DOKU_OPTIONS, MerchantRegistry],
})
export class DokuOptionsModule extends ConfigurableModuleClass {}
