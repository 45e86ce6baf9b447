import { sigmoid } from '../../core/math/stable';
import type { ModelQuestion } from './modelMessages';

/** What an answer of ownModel.py begins with, and the bytes of that with its kind and its length. */
const [MAGIC, HEAD] = ['NPL1', 12];

/** What an answer is, by the number that it has. */
export const kinds = ['started', 'loaded', 'answer', 'failure'] as const;

/** One answer of ownModel.py, whole. */
export interface Frame {
  readonly kind: (typeof kinds)[number];
  readonly content: Buffer;
}

/** The bytes of a question: n (uint32), t, alphaBar and log-SNR, then z (float32), all little-endian. */
export function questionBytes({ n, t, logSnr, z }: Pick<ModelQuestion, 'n' | 't' | 'logSnr' | 'z'>): Buffer {
  const bytes = Buffer.alloc(16 + 4 * z.length);
  bytes.writeUInt32LE(n, 0);
  [t, sigmoid(logSnr), logSnr].forEach((value, k) => bytes.writeFloatLE(value, 4 + 4 * k));
  bytes.set(new Uint8Array(z.buffer, z.byteOffset, z.byteLength), 16);
  return bytes;
}

/** The numbers of an answer. Every machine that VS Code runs on is little-endian. */
export const numbersOf = (content: Buffer): Float32Array => new Float32Array(Uint8Array.from(content).buffer);

/** Puts answers together from the pieces in which they arrive. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private length = 0;

  /** Takes a piece. Gives the answers that are whole with it, or the bytes that are none. */
  take(piece: Buffer): { readonly frames: readonly Frame[]; readonly garbage?: Buffer } {
    this.pieces.push(piece);
    this.length += piece.length;
    const frames: Frame[] = [];
    for (;;) {
      const head = this.peek(Math.min(HEAD, this.length));
      const known = Math.min(MAGIC.length, head.length);
      if (head.toString('latin1', 0, known) !== MAGIC.slice(0, known))
        return { frames, garbage: this.peek(this.length) };
      if (head.length < HEAD) return { frames };
      const [kind, length] = [kinds[head.readUInt32LE(4)], head.readUInt32LE(8)];
      if (!kind) return { frames, garbage: head };
      if (this.length < HEAD + length) return { frames };
      const whole = this.peek(this.length);
      frames.push({ kind, content: whole.subarray(HEAD, HEAD + length) });
      this.pieces = [whole.subarray(HEAD + length)];
      this.length -= HEAD + length;
    }
  }

  /** The first bytes of what is there. The pieces are joined only where the first is too short. */
  private peek(size: number): Buffer {
    if (this.pieces.length > 1 && this.pieces[0]!.length < size) this.pieces = [Buffer.concat(this.pieces)];
    return (this.pieces[0] ?? Buffer.alloc(0)).subarray(0, size);
  }
}
