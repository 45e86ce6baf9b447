import type { Frame, Page } from 'playwright-core';

export declare function calm(page: Page | Frame): Promise<void>;
