/** A message as what crosses between page and host: JSON, as VS Code makes of it, with typed arrays kept. */
export function pack(message: unknown): string {
  const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return JSON.stringify(message, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { $typed: value.constructor.name, bytes: base64(bytes) };
  });
}

/** The message that was packed. */
export function unpack(text: string): unknown {
  return JSON.parse(text, (_, value: { $typed?: string; bytes: string } | null) => {
    if (!value?.$typed) return value;
    const bytes = Uint8Array.from(atob(value.bytes), (one) => one.charCodeAt(0));
    const kinds = globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>;
    return new kinds[value.$typed]!(bytes.buffer);
  });
}

/** What the harness adds to a page's window. */
export interface Bridge {
  /** Answered by the harness: a message for the host, state to keep, or a command that a key stands for. */
  noprop(kind: 'post' | 'state' | 'command', text: string): Promise<void>;
  /** Takes a message of the host. */
  nopropReceive(text: string): void;
}

function install(packMessage: typeof pack, unpackMessage: typeof unpack): void {
  const own = window as unknown as Bridge & { acquireVsCodeApi?: () => unknown };
  own.acquireVsCodeApi = () => {
    delete own.acquireVsCodeApi; // a page may take it once
    let kept = JSON.parse(document.documentElement.dataset.state ?? 'null') as unknown;
    return {
      postMessage: (message: unknown) => void own.noprop('post', packMessage(message)),
      getState: () => kept ?? undefined,
      setState: (next: unknown) => {
        kept = next;
        void own.noprop('state', JSON.stringify(next));
        return next;
      },
    };
  };
  own.nopropReceive = (text) => {
    window.dispatchEvent(new MessageEvent('message', { data: unpackMessage(text) }));
  };
  window.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const keys: Record<string, string> = { z: event.shiftKey ? 'redo' : 'undo', s: 'workbench.action.files.save' };
    const command = keys[event.key.toLowerCase()];
    if (!command) return;
    event.preventDefault();
    void own.noprop('command', command);
  });
}

/** Runs in a page before all else: VS Code's API for webviews, and the keys that VS Code takes for itself. */
export const preload = `(${install.toString()})(${pack.toString()}, ${unpack.toString()})`;
