import { derivation } from '../derivation';
import { dynamics } from '../dynamics';
import { dynamicsExplanations } from '../dynamics/explanations';
import { evaluationExplanations } from '../evaluation/explanations';
import { explanations } from './explanations';
import { quantities } from '../schedules/quantities';
import { schedules } from '../schedules';
import { modifiers } from '../schedules/modifiers';

/** The LaTeX of every registry row's equation, for the build to typeset. */
export const equations = (): string[] =>
  [
    ...schedules,
    ...modifiers,
    ...quantities,
    ...dynamics,
    ...Object.values(explanations),
    ...Object.values(dynamicsExplanations),
    ...Object.values(evaluationExplanations),
  ].map(({ equation }) => equation);

/** The LaTeX of both forms of every equation of the note, with \differ{...} around what differs. */
export const derivationForms = (): string[] =>
  derivation
    .flatMap((section) => section.equations)
    .flatMap(({ printed, corrected = '', check }) => [
      printed,
      corrected,
      ...(check?.limit?.asymptotes ?? []).map(({ latex }) => latex),
    ])
    .filter(Boolean);
