import fs from 'node:fs/promises';

/** What is written: text, or bytes in pieces that follow one another. */
export type FileContent = string | Uint8Array | readonly Uint8Array[];

/** The few operations that change a run's files. A test gives one that fails as a full disk does. */
export interface RunDisk {
  /** Makes a folder and those above it, where they are missing. */
  makeFolder(folder: string): Promise<void>;
  /** Writes a file, all of it on the storage when this is fulfilled. */
  write(file: string, content: FileContent): Promise<void>;
  /** Writes a file that must not exist yet. An Error of code EEXIST where it does. */
  create(file: string, content: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, where it is there. */
  remove(file: string): Promise<void>;
  /** Makes the names in a folder last through a power cut, where the system can. */
  syncFolder(folder: string): Promise<void>;
}

/** What a system answers that cannot open or sync a folder. */
const NO_FOLDER_SYNC = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF', 'ENOSYS']);

async function writeWith(flags: 'w' | 'wx', file: string, content: FileContent): Promise<void> {
  const handle = await fs.open(file, flags);
  let whole = false;
  try {
    const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    for (const piece of pieces) if (piece.length) await handle.writeFile(piece);
    await handle.sync(); // otherwise a power cut may leave an empty file under the new name
    whole = true;
  } finally {
    await handle.close();
    if (!whole && flags === 'wx') await fs.rm(file, { force: true }).catch(() => undefined);
  }
}

/** The disk itself. */
export const systemDisk: RunDisk = {
  makeFolder: async (folder) => void (await fs.mkdir(folder, { recursive: true })),
  write: (file, content) => writeWith('w', file, content),
  create: (file, content) => writeWith('wx', file, content),
  rename: (from, to) => fs.rename(from, to),
  remove: (file) => fs.rm(file, { force: true }),
  async syncFolder(folder) {
    if (process.platform === 'win32') return; // it opens no folder
    try {
      const handle = await fs.open(folder, 'r');
      await handle.sync().finally(() => handle.close());
    } catch (error) {
      if (!NO_FOLDER_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  },
};
