import type { FileContent } from '../../src/protocol/hostCalls';

/** Hands a file to the browser, which saves it where it saves files. */
export function saveDownload({ name, content, encoding }: FileContent): boolean {
  const bytes = encoding === 'utf8' ? content : Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
