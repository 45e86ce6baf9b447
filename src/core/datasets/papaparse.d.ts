// The part of papaparse that is used: @types/papaparse would bring node's types into this room.
declare module 'papaparse' {
  interface Result {
    readonly data: string[][];
    readonly errors: readonly { readonly type: string; readonly code: string; readonly row?: number }[];
    readonly meta: { readonly delimiter: string };
  }
  const papa: {
    parse(text: string, options?: { readonly delimiter: string }): Result;
    unparse(rows: readonly (readonly (string | number)[])[], options: { readonly newline: string }): string;
  };
  export default papa;
}
