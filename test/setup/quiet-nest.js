// Nest's start-up lines would bury what a failing test has to say; what a test wants to read it collects.
import { Logger } from '@nestjs/common';

Logger.overrideLogger(['warn', 'error', 'fatal']);
