import type { RunDisk } from './disk';
import { isAlive, readLockFile, type FoundLock } from './lockFile';
import { writeAtomically } from './writeAtomically';

/**
 * Takes a lock over that its writer has left behind. Of several who try, one gets it: whoever makes the file that claims
 * this very lock, which is named by its token. A claim that was left behind is claimed in the same way. False where
 * another was first.
 */
export async function claimStaleLock(file: string, found: FoundLock, text: string, disk: RunDisk): Promise<boolean> {
  const claims = await placeClaim(file, found, text, disk);
  if (!claims) return false;
  try {
    // Somebody may have taken the lock over, and removed the claims, between the look at it and the claim.
    const now = await readLockFile(file);
    const same = now && now.lock?.token === found.lock?.token && now.renewed === found.renewed;
    if (same) await writeAtomically(file, text, disk);
    else claims.splice(0, claims.length - 1); // the others are not this one's to remove
    return same ?? false;
  } finally {
    for (const claim of claims) await disk.remove(claim).catch(() => undefined);
  }
}

/** Makes the claim of a lock. The files of all claims that led to it, its own last; undefined where another is first. */
async function placeClaim(file: string, found: FoundLock, text: string, disk: RunDisk): Promise<string[] | undefined> {
  const claims: string[] = [];
  let stale: FoundLock | undefined = found;
  while (stale && !(await isAlive(stale))) {
    const claim: string = stale.lock?.token ? `${file}.${stale.lock.token}` : `${claims.at(-1) ?? file}.torn`;
    claims.push(claim);
    try {
      await disk.create(claim, text);
      return claims;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      stale = await readLockFile(claim);
    }
  }
  return undefined;
}
