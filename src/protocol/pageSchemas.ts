import * as z from 'zod';
import { runsSnapshot, snapshot } from './hostSchemas';
import type { OverlaidRun, PageCalls } from './pageCalls';
import { id, shownImport, trainingProgress } from './resultSchemas';
import { list, message, nothing, text } from './schema';
import type { CallSchemas } from './rpc';

const overlaidRun = message<OverlaidRun>({ id, title: text(10_000), regression: z.boolean() });

/** What the host may send to a page. */
export const pageSchemas: CallSchemas<PageCalls> = {
  show: { args: z.tuple([snapshot]), value: nothing },
  commit: { args: z.tuple([]), value: nothing },
  runs: { args: z.tuple([runsSnapshot]), value: nothing },
  trained: { args: z.tuple([trainingProgress]), value: nothing },
  report: { args: z.tuple([shownImport]), value: nothing },
  open: { args: z.tuple([text(), z.boolean(), text().optional()]), value: nothing },
  look: { args: z.tuple([id]), value: nothing },
  overlay: { args: z.tuple([list(overlaidRun, 100)]), value: nothing },
  figure: { args: z.tuple([]), value: nothing },
};
