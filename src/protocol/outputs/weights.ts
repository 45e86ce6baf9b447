import * as z from 'zod';
import { exactly, scores, warnings } from './parts';

/** Of `noprop weights import`. */
export const weights = exactly({ ...scores, message: z.string().optional(), run: z.string(), warnings });
