import * as z from 'zod';
import { runsSnapshot, snapshot } from './hostSchemas';
import type { PageCalls } from './pageCalls';
import { shownImport, trainingProgress } from './resultSchemas';
import { nothing, text } from './schema';
import type { CallSchemas } from './rpc';

/** What the host may send to a page. */
export const pageSchemas: CallSchemas<PageCalls> = {
  show: { args: z.tuple([snapshot]), value: nothing },
  commit: { args: z.tuple([]), value: nothing },
  runs: { args: z.tuple([runsSnapshot]), value: nothing },
  trained: { args: z.tuple([trainingProgress]), value: nothing },
  report: { args: z.tuple([shownImport]), value: nothing },
  open: { args: z.tuple([text(), z.boolean(), text().optional()]), value: nothing },
  figure: { args: z.tuple([]), value: nothing },
};
