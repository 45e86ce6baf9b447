/** What `assert.throws` looks for in an InputError with this message, at whichever setting. */
export const inputError = (message: string) => ({ name: 'InputError', code: 'input', message });
