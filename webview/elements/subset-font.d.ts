declare module 'subset-font' {
  /** The part of a font that shows these characters, with the tables that lay mathematics out. */
  function subsetFont(font: Uint8Array, text: string, options: { readonly targetFormat: 'woff2' }): Promise<Uint8Array>;
  export = subsetFont;
}
