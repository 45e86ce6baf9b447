import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type ProgressToken,
  type ServerNotification,
} from '@modelcontextprotocol/sdk/types.js';
import { messageOf } from '../../core/registry/problem';
import type { TaskProgress } from '../../protocol/progress';
import { tools } from '../../protocol/tools';
import { inputSchema, resultSchema, type ToolDefinition, type ToolPlace } from '../../protocol/tools/tool';
import { runTool, type ToolRoom } from '../tools/runTool';

/** A JSON schema as the protocol types it. */
type ObjectSchema = { readonly type: 'object'; readonly [key: string]: unknown };

/** A tool as the protocol describes it. */
function described(tool: ToolDefinition) {
  const writes = Object.values(tool.files).includes('write');
  const output = resultSchema(tool);
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(tool) as ObjectSchema,
    ...(output && { outputSchema: output as ObjectSchema }),
    annotations: {
      title: tool.title,
      readOnlyHint: !writes,
      // with `force` a file is replaced; a training only adds runs
      destructiveHint: 'force' in tool.input.shape,
      idempotentHint: !tool.trains,
      openWorldHint: false,
    },
  };
}

/** Notifies of progress where the caller asked for it. The protocol wants numbers that grow. */
function notifier(
  token: ProgressToken | undefined,
  send: (notification: ServerNotification) => Promise<void>,
): (progress: TaskProgress) => void {
  let most = -1;
  return ({ done, total, what }) => {
    if (token === undefined || done <= most) return;
    most = done;
    const params = { progressToken: token, progress: done, total, ...(what !== undefined && { message: what }) };
    send({ method: 'notifications/progress', params }).catch(() => undefined); // the caller may be gone
  };
}

/** The tools as a server of the Model Context Protocol. What is wrong with a call is an answer marked as an error. */
export function createServer(version: string, place: ToolPlace, room: ToolRoom): Server {
  const server = new Server(
    { name: 'noprop-lab', title: 'NoProp Lab', version },
    {
      capabilities: { tools: {} },
      instructions:
        'Noise schedules, integrators and training of diffusion models and of NoProp. Begin with the tool list. ' +
        'Paths may be relative to the folder that the server was started in.',
      jsonSchemaValidator: {
        getValidator: () => {
          throw new Error('this server sends no forms');
        },
      },
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(described) }));
  server.setRequestHandler(
    CallToolRequestSchema,
    async ({ params }, { signal, sendNotification }): Promise<CallToolResult> => {
      const progress = notifier(params._meta?.progressToken, sendNotification);
      try {
        const { text, result } = await runTool(params.name, params.arguments ?? {}, place, { signal, progress }, room);
        return { content: [{ type: 'text', text }], ...(result && { structuredContent: result }) };
      } catch (error) {
        return { isError: true, content: [{ type: 'text', text: messageOf(error) }] };
      }
    },
  );
  return server;
}
