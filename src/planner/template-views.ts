/** The results of `check`, `estimate` and `diff` for pasted templates. */
import { whyNoCost } from '../lustre/estimates/cost';
import type { CostBasis } from '../lustre/estimates/cost-basis';
import { describeConfiguration } from '../lustre/estimates/wording';
import { amount, cut, money } from '../lustre/wording';
import { check, type Checked } from '../review/check';
import { diff, type Diff } from '../review/diff/diff';
import {
  gravity,
  type Branch,
  type Change as FileSystemChange,
  type ChangeStep,
  type Verdict,
} from '../review/diff/change';
import { changeWords, summaryOf } from '../review/diff/totals';
import { arrow, stepWords } from '../review/diff/words';
import { estimate, leftOut, type Estimates, type Row } from '../review/estimate';
import { failureOf, type Failure } from '../review/failure';
import type { Finding } from '../review/finding';
import { today } from '../today';
import { element, type Content } from './elements';
import { priceNotice } from './price-notice';
import { pricingOf, type State } from './state';

/**
 * Why a text cannot be reviewed: it is not a template, or too large. Other errors are errors in this page, shown as they are.
 */
function problem(title: string, error: unknown): HTMLElement {
  const { line, column, message } = failure(error);
  const place = line === undefined ? '' : `line ${line}:${column ?? 1}, `;
  return element(
    'p',
    { class: 'large notice' },
    element('strong', {}, `${title}: `),
    place,
    message,
  );
}

function failure(error: unknown): Failure {
  try {
    return failureOf(error, 'template');
  } catch {
    return { file: 'template', message: error instanceof Error ? error.message : String(error) };
  }
}

/** The findings and the estimate of a template. */
export function checkContent(state: State): Content {
  const text = state.templates.template ?? '';
  if (text.trim() === '')
    return element(
      'p',
      { class: 'hint' },
      'Paste a template, or open one. This page shows what FSx would refuse, how to fix it, and the throughput and cost of each file system.',
    );
  try {
    const { region } = state;
    const checked = check(text, { file: 'template', region, date: today() });
    if (checked.fileSystems + checked.notCreated === 0)
      return element('p', { class: 'hint' }, 'There is no Lustre file system.');
    const estimates = checked.fileSystems === 0 ? undefined : estimateIn(state, text);
    return [
      findingsOf(checked, text.split(/\r\n|\r|\n/), region),
      estimates && estimateOf(estimates, region),
    ];
  } catch (error) {
    return problem('This cannot be checked', error);
  }
}

const estimateIn = (state: State, text: string): Estimates =>
  estimate(text, { ...pricingOf(state), file: 'template' });

const basesOf = ({ rows }: Estimates): CostBasis[] =>
  rows.flatMap(({ estimate: { cost }, violations }) =>
    cost && violations.length === 0 ? [cost.priceBasis] : [],
  );

function findingsOf(
  { findings, notes, fileSystems, notCreated }: Checked,
  lines: readonly string[],
  region: string,
): Content {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const counts = [
    counted(errors, 'violation', 'violations'),
    ...(warnings > 0 ? [counted(warnings, 'warning', 'warnings')] : []),
    `in ${counted(fileSystems, 'Lustre file system', 'Lustre file systems')}`,
    ...(notCreated > 0 ? [`(${notCreated} not created)`] : []),
  ].join(' ');
  return element(
    'section',
    { 'aria-labelledby': 'findings-title' },
    element('h2', { id: 'findings-title', class: errors > 0 ? 'bad' : '' }, counts),
    element('p', { class: 'basis' }, regionWords(region)),
    findings.length === 0
      ? undefined
      : element(
          'ol',
          { class: 'findings' },
          findings.map((each) => findingOf(each, lines)),
        ),
    notes.length === 0
      ? undefined
      : element(
          'details',
          {},
          element('summary', {}, counted(notes.length, 'note', 'notes')),
          element(
            'ul',
            {},
            notes.map(({ line, logicalId, message }) =>
              element('li', {}, `Line ${line}, `, element('b', {}, logicalId), `: ${message}`),
            ),
          ),
        ),
  );
}

const regionWords = (region: string): string =>
  `In ${region}, as selected in the plan, with the default parameters.`;

const counted = (count: number, one: string, many: string): string =>
  `${count === 0 ? 'No' : count} ${count === 1 ? one : many}`;

function findingOf(finding: Finding, lines: readonly string[]): HTMLElement {
  const { line, column, logicalId, property, rule, message, severity, when, repairs } = finding;
  const excerpt = cut(lines[line - 1]?.trim() ?? '', 160);
  return element(
    'li',
    { class: severity },
    element(
      'p',
      { class: 'place' },
      element('b', {}, severity === 'error' ? 'Violation' : 'Warning'),
      ` line ${line}:${column}, `,
      element('bdi', {}, `${logicalId}${property === '' ? '' : `.${property}`}`),
      ' ',
      element('code', { class: 'rule-name' }, rule),
    ),
    excerpt === '' ? undefined : element('pre', { class: 'excerpt' }, element('code', {}, excerpt)),
    element('p', {}, element('bdi', {}, message)),
    when === undefined ? undefined : element('p', { class: 'faint' }, `Where ${when}.`),
    repairs.length === 0
      ? undefined
      : element(
          'ul',
          { class: 'repairs', 'aria-label': 'Repairs' },
          repairs.map((each) => element('li', {}, element('code', {}, repairWords(each)))),
        ),
  );
}

const repairWords = (repair: Finding['repairs'][number]): string =>
  Object.entries(repair)
    .map(([property, value]) =>
      value === null ? `without ${property}` : `${property}: ${JSON.stringify(value)}`,
    )
    .join(', ');

function estimateOf(estimates: Estimates, region: string): HTMLElement {
  const { rows, total } = estimates;
  const valid = rows.filter(({ violations }) => violations.length === 0);
  const bases = [...new Set(valid.flatMap(({ estimate: { cost } }) => cost?.basis ?? []))];
  const isOpen = rows.some((row) => !valid.includes(row) || row.estimate.cost === undefined);
  return element(
    'section',
    { 'aria-labelledby': 'estimate-title' },
    element('h2', { id: 'estimate-title' }, 'Estimate'),
    priceNotice(basesOf(estimates), region),
    element(
      'table',
      { class: 'plain' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ['File system', 'Configuration'].map((name) => element('th', { scope: 'col' }, name)),
          ['MB/s', 'Burst', 'USD a month'].map((name) =>
            element('th', { scope: 'col', class: 'number' }, name),
          ),
        ),
      ),
      element('tbody', {}, rows.map(estimateRow)),
      element(
        'tfoot',
        {},
        element(
          'tr',
          {},
          element(
            'th',
            { scope: 'row', colspan: 4 },
            `Total in ${region}${total.when === '' ? '' : ` where ${total.when}`}${total.exact ? '' : ', at most'}`,
          ),
          element(
            'td',
            { class: 'number' },
            element('b', {}, whyNoCost(region) === undefined ? money(total.usd) : 'unknown'),
          ),
        ),
      ),
    ),
    isOpen
      ? element(
          'p',
          { class: 'basis' },
          'The total does not include file systems without an estimate.',
        )
      : undefined,
    [...leftOut(rows), ...bases].map((said) => element('p', { class: 'basis' }, said)),
  );
}

function estimateRow({
  logicalId,
  when,
  estimate: { properties, throughput, cost, waiting },
  violations,
}: Row): HTMLElement {
  const isValid = violations.length === 0;
  const what = !isValid
    ? 'invalid'
    : waiting.length > 0
      ? `depends on ${waiting.join(', ')}`
      : describeConfiguration(properties);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, element('bdi', {}, logicalId), when === undefined ? undefined : element('span', { class: 'size' }, `where ${when}`)), // oxfmt-ignore
    element('td', { 'data-label': 'Configuration' }, what),
    element('td', { class: 'number', 'data-label': 'MB/s' }, isValid && throughput ? amount(throughput.baseline) : '-'), // oxfmt-ignore
    element('td', { class: 'number', 'data-label': 'Burst' }, isValid && throughput ? amount(throughput.burst) : '-'), // oxfmt-ignore
    element('td', { class: 'number', 'data-label': 'USD a month' }, isValid && cost ? money(cost.monthly) : '-'), // oxfmt-ignore
  );
}

/** The estimate of one of two templates, or why there is none. */
function estimateOrProblem(state: State, text: string, which: string): Estimates | HTMLElement {
  try {
    return estimateIn(state, text);
  } catch (error) {
    return problem(`The ${which} template cannot be compared`, error);
  }
}

/** What an update from one template to the other does. */
export function compareContent(state: State): Content {
  const { before = '', after = '' } = state.templates;
  if (before.trim() === '' || after.trim() === '')
    return element(
      'p',
      { class: 'hint' },
      'Paste both templates. This page shows what the update does to data, clients, throughput and cost.',
    );
  const { region } = state;
  try {
    const bases: CostBasis[] = [];
    for (const [text, which] of [
      [before, 'deployed'],
      [after, 'new'],
    ] as const) {
      const estimates = estimateOrProblem(state, text, which);
      if (!('rows' in estimates)) return estimates;
      bases.push(...basesOf(estimates));
    }
    return diffOf(
      diff(before, after, { file: 'template', region, date: today(), cost: pricingOf(state) }),
      bases,
      region,
    );
  } catch (error) {
    return problem('These cannot be compared', error);
  }
}

function diffOf({ changes, notes }: Diff, prices: readonly CostBasis[], region: string): Content {
  if (changes.length === 0)
    return element('p', { class: 'hint' }, 'Neither template has a Lustre file system.');
  const bases = [...new Set(changes.flatMap(({ costBasis }) => costBasis))];
  return [
    element(
      'h2',
      { class: changes.some(({ dataLoss }) => dataLoss) ? 'bad' : '' },
      summaryOf(changes),
    ),
    element('p', { class: 'basis' }, regionWords(region)),
    priceNotice(prices, region),
    changes.toSorted((a, b) => gravity(b) - gravity(a)).map(changeOf),
    notes.map((note) => element('p', { class: 'notice' }, note)),
    bases.map((basis) => element('p', { class: 'basis' }, basis)),
  ];
}

function changeOf(change: FileSystemChange): HTMLElement {
  const { logicalId, type, branches, ...own } = change;
  const verdicts: readonly (Verdict & Partial<Branch>)[] = branches ?? [own];
  return element(
    'article',
    { class: change.dataLoss ? 'change loses' : 'change' },
    element(
      'h3',
      {},
      element('bdi', {}, logicalId),
      element('span', { class: 'badge' }, changeWords(change)),
      element('span', { class: 'faint' }, type),
    ),
    verdicts.map(verdictOf),
  );
}

function verdictOf(verdict: Verdict & Partial<Branch>): Content {
  const { when = '', differences, reasons, steps, throughput, monthlyCost } = verdict;
  return [
    when === '' ? undefined : element('h4', {}, `Where ${when}`),
    element('p', { class: verdict.dataLoss ? 'verdict bad' : 'verdict' }, verdict.verdict),
    differences.length === 0
      ? undefined
      : element(
          'dl',
          { class: 'differences' },
          differences.flatMap(({ property, before = 'none', after = 'none' }) => [
            element('dt', {}, property),
            element('dd', {}, element('bdi', {}, before), ' → ', element('bdi', {}, after)),
          ]),
        ),
    reasons.length === 0
      ? undefined
      : element(
          'ul',
          {},
          reasons.map(({ message }) => element('li', {}, element('bdi', {}, message))),
        ),
    steps.length === 0 ? undefined : element('ol', { class: 'steps' }, steps.map(stepOf)),
    element(
      'p',
      { class: 'figures' },
      `${arrow(throughput, amount)} MB/s, ${arrow(monthlyCost, money)} USD a month`,
    ),
  ];
}

function stepOf(step: ChangeStep): HTMLElement {
  const { subject, sentences } = stepWords(step);
  const [effect, ...others] = sentences;
  return element(
    'li',
    {},
    element('b', {}, subject),
    `: ${effect}`,
    others.map((sentence) => element('span', { class: 'size' }, sentence)),
  );
}
