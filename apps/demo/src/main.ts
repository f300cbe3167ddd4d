import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';
import { configureApp } from './configure-app.js';
import { type ShopSettings, shopSettings } from './settings/shop-settings.js';

const app = configureApp(await NestFactory.create(AppModule));
const { port, host, shopUrl } = app.get<ShopSettings>(shopSettings.KEY);
await app.listen(port, host);
new Logger('Shop').log(`open at ${shopUrl}`);
