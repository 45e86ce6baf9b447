declare module 'virtual:equations' {
  /** MathML of every LaTeX equation of the registries, by its LaTeX; made when the page is bundled. */
  const mathml: Readonly<Record<string, string>>;
  export default mathml;
}

declare module 'virtual:derivation' {
  /** MathML of both forms of every equation of the note, by its LaTeX; made when the page is bundled. */
  const mathml: Readonly<Record<string, string>>;
  export default mathml;
}
