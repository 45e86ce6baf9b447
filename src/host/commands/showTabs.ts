import type { CommandContext } from './commandContext';
import { inLab } from './openLab';

/** NoProp: Compare Integrators. Shows the comparison in the lab and runs it. */
export async function compareIntegrators(context: CommandContext): Promise<void> {
  await inLab(context);
  context.labs.show('integrators', true);
}

/** NoProp: Compare Dynamics. Shows the trajectories of the dynamics in the lab. */
export async function compareDynamics(context: CommandContext): Promise<void> {
  await inLab(context);
  context.labs.show('dynamics', true);
}

/** NoProp: Check Derivation. Shows the note's equations in the lab, each with its verdict. */
export async function checkDerivation(context: CommandContext): Promise<void> {
  await inLab(context);
  context.labs.show('derivation', false);
}

/** NoProp: Figure for Paper. Opens the dialog that makes a figure of the charts that the lab shows. */
export async function figureForPaper(context: CommandContext): Promise<void> {
  await inLab(context);
  context.labs.figure();
}
