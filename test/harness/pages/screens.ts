import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { Message } from '../../../src/protocol/rpc';
import type { Editor } from '../vscode/editor';
import { ORIGIN, type Webview } from '../vscode/webviews';
import { pack, preload, unpack, type Bridge } from './preload';
import { dress, dressed, type Theme } from './themes';

/** Shows the webviews of the stand-in for VS Code, each in a page of the browser. */
export class Screens {
  private readonly pages = new Map<Webview, Promise<Page>>();
  private readonly ids = new Map<string, Webview>();
  private theme: Theme = 'light';
  /** The calls of pages that the host has not answered. */
  private readonly pending = new Set<string>();
  /** The most of them at one time. */
  mostPending = 0;

  /** `root` is the extension's folder; `errors` takes what the pages log as errors. */
  constructor(
    private readonly context: BrowserContext,
    private readonly editor: Editor,
    private readonly root: string,
    private readonly errors: string[],
  ) {}

  /** Answers what the pages ask for: their own documents, and files of the extension; all else is cut off. */
  serve(): Promise<unknown> {
    return this.context.route('**/*', (route) => this.answer(route));
  }

  private answer(route: Route): Promise<void> {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== ORIGIN) return route.abort();
    const webview = this.ids.get(pathname);
    if (webview) {
      const body = dressed(webview.html, this.theme, webview.state);
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
    }
    const file = decodeURI(pathname);
    const isOpen = ['dist', 'media'].some((room) => file.startsWith(path.join(this.root, room) + path.sep));
    return isOpen && existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
  }

  /** The page that shows a webview; it is opened where there is none. */
  show(webview: Webview): Promise<Page> {
    const known = this.pages.get(webview);
    if (known) return known;
    const opening = this.open(webview);
    this.pages.set(webview, opening);
    return opening;
  }

  private async open(webview: Webview): Promise<Page> {
    const page = await this.context.newPage();
    page.on('console', (message) => void (message.type() === 'error' && this.errors.push(message.text())));
    page.on('pageerror', (error) => void this.errors.push(String(error)));
    const id = `/webview/${this.ids.size + 1}`;
    await page.exposeFunction('noprop', (kind: string, text: string) => this.take(id, webview, kind, text));
    await page.addInitScript(preload);
    this.ids.set(id, webview);
    const load = () => page.goto(ORIGIN + id);
    webview.screen = {
      load: () => void load(),
      post: async (message) => {
        const { type, id: call } = message as Partial<Message>;
        if (type === 'answer' || type === 'error') this.pending.delete(`${id} ${call}`);
        const receive = (text: string) => (window as unknown as Bridge).nopropReceive(text);
        return page.evaluate(receive, pack(message)).then(
          () => true,
          () => false, // the page is loading, or gone
        );
      },
    };
    await load();
    await page.mouse.move(1, 1); // a mouse is somewhere: its first move on a page would tell no distance
    return page;
  }

  private take(id: string, webview: Webview, kind: string, text: string): void {
    if (kind === 'post') {
      const message = unpack(text) as Message;
      if (message.type === 'call') this.pending.add(`${id} ${message.id}`);
      this.mostPending = Math.max(this.mostPending, this.pending.size);
      webview.receive(message);
    } else if (kind === 'state') webview.state = JSON.parse(text);
    else void this.editor.press(text);
  }

  /** Shows these webviews and no others. */
  async keep(webviews: readonly Webview[]): Promise<void> {
    for (const [webview, page] of [...this.pages]) {
      if (webviews.includes(webview)) continue;
      this.pages.delete(webview);
      webview.screen = undefined;
      await (await page).close();
    }
    for (const webview of webviews) await this.show(webview);
  }

  /** Changes the theme of every page. */
  async setTheme(theme: Theme): Promise<void> {
    this.theme = theme;
    for (const page of this.pages.values()) await dress(await page, theme);
  }
}
