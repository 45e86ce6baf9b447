import { quantities } from './quantities';
import { schedules } from './schedules';
import { modifiers } from './schedules/modifiers';

/** The LaTeX of every registry row's equation, for the build to typeset. */
export const equations = (): string[] => [...schedules, ...modifiers, ...quantities].map(({ equation }) => equation);
