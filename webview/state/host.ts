import type { HostCalls } from '../../src/protocol/hostCalls';
import type { PageCalls } from '../../src/protocol/pageCalls';
import { hostSchemas } from '../../src/protocol/hostSchemas';
import { pageSchemas } from '../../src/protocol/pageSchemas';
import { Link, type Caller, type Handlers } from '../../src/protocol/rpc';

/** What VS Code gives a page to speak with its host and to keep view state. */
interface Api {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Api;

/** Calls the host; rejects with a message for the user. */
export type Request = Caller<HostCalls>['call'];

/** Calls the host for the user: a refusal is shown on the page, and answers undefined. */
export type AskHost = <K extends keyof HostCalls>(
  name: K,
  args: HostCalls[K]['args'],
) => Promise<HostCalls[K]['value'] | undefined>;

/** The page's end of the link, and the state VS Code keeps for it. */
export interface Host {
  readonly request: Request;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Connects the page to its host; `handlers` answer what the host asks. To be called once a page. */
export function connect(handlers: Handlers<PageCalls>): Host {
  const api = acquireVsCodeApi();
  const link = new Link<PageCalls, HostCalls>((message) => api.postMessage(message), handlers, {
    local: pageSchemas,
    remote: hostSchemas,
    onRefused: (why) => console.warn(why),
  });
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => void link.receive(data));
  return {
    request: link.call.bind(link),
    // VS Code keeps it for this page alone, the host for the document: under another name it has another page.
    getState: () => api.getState() ?? (JSON.parse(document.body.dataset.view ?? 'null') as unknown),
    setState: (state) => {
      api.setState(state);
      link.call('keepView', [state]).catch(() => undefined);
    },
  };
}
