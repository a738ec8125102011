/** The page in a real browser, which reaches nothing but a server that counts. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ROOT } from '../cli/command';

export const PAGE = join(ROOT, 'build', 'planner', 'index.html');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The browser that is installed, or that CHROME names; undefined where there is none. */
const CHROME = [
  process.env.CHROME ?? '',
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
].find((file) => file !== '' && existsSync(file)); // oxfmt-ignore

/** Whether a browser has to be there: where its absence would be a test that never runs. */
const IS_REQUIRED = process.env.PLANNER_TEST === 'required';

/** Groups tests that need a browser; where there is none they are skipped, and their name says why. */
export function withBrowser(name: string, tests: () => void): void {
  if (CHROME !== undefined || IS_REQUIRED) describe(name, tests);
  else describe.skip(`${name} (skipped: no Chromium or Chrome is installed)`, tests);
}

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No name has an address, so that nothing is reached but the proxy.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const SIZE = { width: 1280, height: 900 };

export interface Session {
  readonly browser: Browser;
  /** Opens the page from the disk. */
  readonly open: (hash?: string) => Promise<Page>;
  /** What pages have thrown or warned of, requests that they have made, and requests that the proxy has seen. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
  /** Empties all pages, which otherwise work on beside the next ones, and forgets what they have done. */
  readonly renew: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the browser; all of its traffic but files would go through a proxy that counts and answers nothing. */
export async function startBrowser(): Promise<Session> {
  const requests: string[] = [];
  const complaints: string[] = [];
  const proxy = await startProxy(requests);
  const browser = await chromium.launch({
    ...(CHROME !== undefined && { executablePath: CHROME }),
    args: ARGUMENTS,
    proxy: { server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` },
  });
  /** Tabs that are empty: a new one takes three times as long as to load the page into one that has had it. */
  const free: Page[] = [];
  const used: Page[] = [];
  const newPage = async (): Promise<Page> => {
    const page = await browser.newPage({ viewport: SIZE });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(file:.*index\.html|data:|about:)/.test(request.url())) requests.push(request.url());
    });
    return page;
  };
  return {
    browser,
    complaints,
    requests,
    open: async (hash = '') => {
      const page = free.pop() ?? (await newPage());
      used.push(page);
      await page.goto(`${pathToFileURL(PAGE).href}${hash}`);
      return page;
    },
    renew: async () => {
      for (const page of used) {
        await page.goto('about:blank');
        await page.setViewportSize(SIZE);
        await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null });
      }
      free.push(...used.splice(0));
      requests.length = 0;
      complaints.length = 0;
    },
    close: async () => {
      await browser.close();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

/** What Chrome asks its maker by itself, whatever page is open. What a page asks of these is heard by the page. */
const OF_THE_BROWSER = /^\w+ (https?:\/\/)?[\w.-]+\.(google|googleapis|gstatic)\.com[:/]/;

function startProxy(requests: string[]): Promise<Server> {
  const count = (request: string): void => {
    if (!OF_THE_BROWSER.test(request)) requests.push(request);
  };
  const proxy = createServer((request, response) => {
    count(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    count(`CONNECT ${request.url ?? ''}`);
    // A browser that is closed resets what it has open.
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 502 Nothing\r\n\r\n');
  });
  return new Promise((resolve) => {
    proxy.listen(0, '127.0.0.1', () => {
      resolve(proxy);
    });
  });
}
