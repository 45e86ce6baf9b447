/** One line of CSV after RFC 4180, without its end. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  cells
    .map(String)
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');
