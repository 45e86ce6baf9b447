import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';

const validator = new AjvJsonSchemaValidator();

/** What a JSON schema says against a value; undefined where the value is valid. */
export const schemaProblem = (schema: object, value: unknown): string | undefined => {
  const answer = validator.getValidator(schema)(value);
  return answer.valid ? undefined : answer.errorMessage;
};
