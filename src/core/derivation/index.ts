export { checkDerivation, checkEquation, derivation, type DerivationRow } from './check';
export { flatten, orderText, plainLatex, sentenceOf, derivationSummary, type FlatRow } from './report';
export { LIMIT, samplesOf } from './samples';
export { VERDICT_RULES, VERDICTS, type Verdict } from './verdict';
export type { Equation, Section } from './derivation';
export type { Measure } from './measure';
