import { quantities } from './quantities';
import { schedules } from './schedules';

/** The LaTeX of every registry row's equation, for the build to typeset. */
export const equations = (): string[] => [...schedules, ...quantities].map(({ equation }) => equation);
