import { Controller, Get, Header } from '@nestjs/common';
import { CONSOLE_PAGE } from './console.page.js';
import { CONSOLE_SCRIPT } from './console.script.js';
import { CONSOLE_STYLE } from './console.css.js';
import { THEME } from './theme.css.js';

/** The web console: one page that reads and drives the JSON API. */
@Controller()
export class ConsoleController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  // Styles may stand in attributes; scripts come from the simulator alone.
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; connect-src 'self'; img-src data:; script-src 'self'; style-src 'self' 'unsafe-inline'",
  )
  page(): string {
    return CONSOLE_PAGE;
  }

  @Get('_simulator/console.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return CONSOLE_SCRIPT;
  }

  @Get('_simulator/console.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return THEME + CONSOLE_STYLE;
  }
}
