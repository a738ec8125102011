import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, pathOf } from '../../http';
import type { Controlled } from '../admin/control';
import { overview } from '../admin/overview';
import { html, Markup, NOTHING } from './html';
import {
  backupsSection,
  clockSection,
  faultsSection,
  fileSystemsSection,
  requestsSection,
} from './sections';
import { STYLE } from './style';

/**
 * The page of the local FSx, which shows `/_local/overview`. It has no script and loads no other resources. Its forms advance
 * the clock and remove faults, and the server accepts them from this page only.
 */

/** The target of the forms. */
const FORM_PATH = '/_local/page';

/** HEAD too, for programs that wait until the server is ready. Node then sends no content. */
const READS: readonly (string | undefined)[] = ['GET', 'HEAD'];

export const isPage = (request: IncomingMessage): boolean =>
  isForm(request) ||
  (READS.includes(request.method) &&
    pathOf(request) === '/' &&
    request.headers['x-amz-target'] === undefined);

/** Whether a request is a form of the page: browsers send these with an Origin. */
export const isForm = (request: IncomingMessage): boolean =>
  request.method === 'POST' && pathOf(request) === FORM_PATH;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Unchanged, because the policy contains the hash of its content. */
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  // With a stricter policy, a browser sends the forms with the Origin `null`.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The largest form in bytes. Those of the page have less than a hundred. */
const LARGEST_FORM = 4096;

export async function servePage(
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isForm(request)) {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    answer(response, 200, page(controlled, !searchParams.has('paused')));
    return;
  }
  const form = new URLSearchParams(await bodyOf(request, LARGEST_FORM).catch(() => ''));
  const problem = carryOut(controlled, form);
  if (problem !== undefined) {
    answer(
      response,
      400,
      document(
        'Not done',
        html`<p>${problem}</p>
          <p><a href="/">Back</a></p>`,
        false,
      ),
    );
    return;
  }
  response.writeHead(303, { location: '/', 'content-length': 0 });
  response.end();
}

/** Carries out a form. Returns why it was not possible, as one sentence. */
function carryOut({ advance, faults }: Controlled, form: URLSearchParams): string | undefined {
  const milliseconds = form.get('advance');
  const fault = form.get('fault');
  if (fault !== null) {
    faults.remove(fault);
    return undefined;
  }
  if (milliseconds === null || !/^\d{1,15}$/.test(milliseconds)) {
    return 'A form of the page advances the clock by a number of milliseconds, or removes a fault.';
  }
  try {
    advance(Number(milliseconds));
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function answer(response: ServerResponse, status: number, { text }: Markup): void {
  response.writeHead(status, { ...HEADERS, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function page({ account, faults, requests }: Controlled, refreshes: boolean): Markup {
  const seen = overview(account);
  const { region, accountId } = seen;
  return document(
    'Local FSx',
    html`<header>
        <div>
          <h1>Local FSx</h1>
          <p class="soft">${region} · account ${accountId}</p>
        </div>
        <nav>
          ${
            refreshes
              ? html`<a href="/?paused">Pause</a>
                  <span class="soft">refreshed every 2 seconds</span>`
              : html`<a href="/">Refresh every 2 seconds</a>`
          }
          · <a href="/_local/overview">JSON</a> · <a href="/_local/">controls</a>
        </nav>
      </header>
      ${clockSection(seen.now)} ${faultsSection(faults.list())} ${fileSystemsSection(seen)}
      ${backupsSection(seen)} ${requestsSection(requests.counts())}`,
    refreshes,
  );
}

const document = (title: string, content: Markup, refreshes: boolean): Markup =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        ${refreshes ? html`<meta http-equiv="refresh" content="2" />` : NOTHING}
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `;
