/** The text of a data file, bundled into the test. */
declare module '*.csv' {
  const text: string;
  export default text;
}
