import * as z from 'zod';
import { exactly, real, whole } from './parts';

const point = exactly({
  schedule: whole,
  dynamics: z.string(),
  method: z.string(),
  steps: whole,
  accuracy: real,
  drop: real,
  error: real,
});

const gap = exactly({
  schedule: whole,
  dynamics: z.string(),
  times: z.array(real),
  gap: z.array(real),
  early: real,
  late: real,
  end: real,
  failure: z.string(),
});

/** Of `noprop conclude`. */
export const conclude = exactly({
  problem: z.string(),
  step: whole,
  schedules: z.array(exactly({ label: z.string(), window: exactly({ start: real, end: real }) })),
  logSnr: z.array(real),
  methods: z.array(z.string()),
  steps: z.array(whole),
  rows: whole,
  points: z.array(point),
  gaps: z.array(gap),
  findings: z.array(exactly({ schedule: whole, dynamics: z.string(), holds: z.boolean(), worst: point })),
  rule: z.string(),
  sentence: z.string(),
});
