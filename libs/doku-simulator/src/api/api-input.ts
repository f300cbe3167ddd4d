import { BadRequestException, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { messageOf } from '../engine/error-text.js';
import { isJsonObject, type JsonObject } from '../engine/json.js';
import { isWebAddress } from '../engine/web-address.js';
import type { RawRequest } from '../engine/raw-request.js';

/** The JSON object that was posted; an empty body counts as `{}`. */
export const JsonBody = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { rawBody } = context.switchToHttp().getRequest<RawRequest>();
  const text = rawBody?.toString('utf8').trim() ?? '';
  if (text === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new BadRequestException(`The body is not JSON: ${messageOf(error)}.`);
  }
  if (!isJsonObject(body)) throw new BadRequestException('The body must be a JSON object.');
  return body;
});

/** Reads the members of a posted object, and refuses what is wrong with a sentence. */
export class ApiInput {
  constructor(private readonly body: JsonObject) {}

  /** Refuses members that are not in the list: mostly slips of the pen. */
  allowOnly(...names: string[]): this {
    for (const name of Object.keys(this.body)) {
      if (!names.includes(name)) {
        const known = names.length === 0 ? 'none' : names.map((each) => `"${each}"`).join(', ');
        throw new BadRequestException(`"${name}" is not known here; known are: ${known}.`);
      }
    }
    return this;
  }

  has(name: string): boolean {
    return this.body[name] !== undefined;
  }

  optionalText(name: string): string | undefined {
    const value = this.body[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '') {
      throw new BadRequestException(`"${name}" must be a text that is not empty.`);
    }
    return value;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw new BadRequestException(`"${name}" is missing.`);
    return value;
  }

  optionalWebAddress(name: string): string | undefined {
    const value = this.optionalText(name);
    if (value !== undefined && !isWebAddress(value)) {
      throw new BadRequestException(
        `"${name}" must be an absolute http or https URL, not ${JSON.stringify(value)}.`,
      );
    }
    return value;
  }

  optionalChoice<Choice extends string>(
    name: string,
    choices: readonly Choice[],
  ): Choice | undefined {
    const value = this.optionalText(name);
    if (value === undefined) return undefined;
    const choice = choices.find((each) => each === value);
    if (choice === undefined) {
      throw new BadRequestException(
        `"${name}" cannot be "${value}"; choose one of ${choices.join(', ')}.`,
      );
    }
    return choice;
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.optionalChoice(name, choices);
    if (value === undefined) {
      throw new BadRequestException(`"${name}" is missing; choose one of ${choices.join(', ')}.`);
    }
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.body[name];
    if (value === undefined || typeof value === 'boolean') return value;
    throw new BadRequestException(`"${name}" must be true or false.`);
  }

  optionalWhole(
    name: string,
    { min, max = Number.MAX_SAFE_INTEGER }: { readonly min: number; readonly max?: number },
  ): number | undefined {
    const value = this.body[name];
    if (value === undefined) return undefined;
    if (!Number.isSafeInteger(value) || Number(value) < min || Number(value) > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
      throw new BadRequestException(`"${name}" must be a whole number ${range}.`);
    }
    return Number(value);
  }

  optionalTexts(name: string): string[] | undefined {
    const value = this.body[name];
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
      throw new BadRequestException(`"${name}" must be an array of texts.`);
    }
    return value;
  }

  optionalObject(name: string): JsonObject | undefined {
    const value = this.body[name];
    if (value === undefined || isJsonObject(value)) return value;
    throw new BadRequestException(`"${name}" must be an object.`);
  }

  isNull(name: string): boolean {
    return this.body[name] === null;
  }
}
