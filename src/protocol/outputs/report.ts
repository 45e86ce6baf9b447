import * as z from 'zod';
import { exactly, whole } from './parts';

/** Of `noprop report`. */
export const report = exactly({ file: z.string(), bytes: whole, notes: z.array(z.string()) });
