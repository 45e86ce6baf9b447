import { serve } from '../trainer/service/worker';

// The trainer's thread, with the tools of agents, which are done by commands of the terminal.
serve((service, kernels) => ({
  tool: async ([name, input, place], context) => {
    const { runTool } = await import('./tools/runTool');
    return runTool(name, input, place, context, { kernels, trainer: () => Promise.resolve(service) });
  },
}));
