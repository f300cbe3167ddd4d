import { Controller, Get } from '@nestjs/common';

import { CATALOG, type Product } from './catalog.js';

@Controller('api/products')
export class CatalogController {
  @Get()
  list(): readonly Product[] {
    return CATALOG;
  }
}
