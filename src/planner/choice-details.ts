/** The chosen configuration as text to copy, and its possible later changes. */
import { capitalized } from '../lustre/wording';
import { laterChanges } from '../lustre/changes/later';
import type { Advice } from '../lustre/estimates/advice';
import type { LustreProperties } from '../lustre/properties';
import { cdkLines, terraformLines, yamlLines } from '../review/snippets';
import { element, fill } from './elements';
import type { Change, Plan } from './plan';
import { capacityText, LANGUAGES, rateText, type Language, type State } from './state';

const NAMES: Readonly<Record<Language, string>> = {
  yaml: 'CloudFormation',
  cdk: 'CDK',
  terraform: 'Terraform',
  command: 'Command',
};

const NOTES: Readonly<Record<Language, string>> = {
  yaml: 'Paste this under Resources, and define SubnetId and LustreSecurityGroup.',
  cdk: 'The type must be registered in the account, as for CloudFormation. Define vpc and securityGroup.',
  terraform:
    'This uses the resource of the Terraform provider, which does not have the checks of this type.',
  command: 'The same plan on the command line.',
};

export function showCode(parent: Element, plan: Plan, change: Change): void {
  const { chosen, state } = plan;
  if (chosen === undefined) {
    fill(parent);
    return;
  }
  const text = textOf(chosen, plan).join('\n');
  const tabs = LANGUAGES.map((language) => {
    const button = element(
      'button',
      {
        type: 'button',
        'aria-pressed': String(language === state.language),
        'data-key': `language ${language}`,
      },
      NAMES[language],
    );
    button.addEventListener('click', () => {
      change({ language });
    });
    return button;
  });
  const copy = element('button', { type: 'button', class: 'copy', 'data-key': 'copy' }, 'Copy');
  const code = element('code', {}, text);
  copy.addEventListener('click', () => {
    copied(text, code).then(
      () => {
        copy.textContent = 'Copied';
      },
      () => {
        copy.textContent = 'Press Ctrl+C';
      },
    );
  });
  fill(
    parent,
    element('h2', { id: 'code-title' }, 'To copy'),
    element('div', { class: 'tabs', role: 'group', 'aria-label': 'Written in' }, tabs, copy),
    element('pre', { tabindex: 0, 'data-key': 'code', 'aria-label': NAMES[state.language], role: 'region' }, code), // oxfmt-ignore
    element('p', { class: 'basis' }, NOTES[state.language]),
  );
}

/** Copies a text. @throws if the browser does not allow it; the text is then selected. */
async function copied(text: string, shown: Element): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    const range = document.createRange();
    range.selectNodeContents(shown);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    throw error;
  }
}

function textOf(chosen: Advice, { need, state }: Plan): string[] {
  switch (state.language) {
    case 'yaml':
      return yamlLines(chosen, need);
    case 'cdk':
      return cdkLines(chosen, need);
    case 'terraform':
      return terraformLines(chosen, need);
    case 'command':
      return commandLines(state);
  }
}

function commandLines(state: State): string[] {
  const { capacity, throughput, persistent, features, region, discount, book } = state;
  const { deployment, maximumCost, metadataIops } = state;
  const options = [
    `--capacity ${capacityText(capacity)} --throughput ${rateText(throughput)}`,
    persistent ? '--persistent' : '',
    features.length > 0 ? `--needs ${features.join(',')}` : '',
    metadataIops === undefined ? '' : `--metadata-iops ${metadataIops}`,
    deployment === undefined ? '' : `--deployment ${deployment}`,
    maximumCost === undefined ? '' : `--max-cost ${maximumCost}`,
    `--region ${region}`,
    discount > 0 ? `--discount ${discount}` : '',
    book ? '--prices prices.json' : '',
  ].filter(Boolean);
  return [
    'npx --no pangea-lustre advise \\',
    ...options.map((option, index) => `  ${option}${index < options.length - 1 ? ' \\' : ''}`),
  ];
}

export function showLater(parent: Element, { chosen }: Plan): void {
  if (chosen === undefined) {
    fill(parent);
    return;
  }
  fill(
    parent,
    element('h2', { id: 'later-title' }, 'Later'),
    element(
      'dl',
      { class: 'later' },
      laterChanges(chosen.properties).flatMap((each) => [
        element('dt', {}, each.name, element('span', { class: 'size' }, targetWords(each.to))),
        element(
          'dd',
          {},
          element('b', { class: each.possible ? 'yes' : 'no' }, each.possible ? 'Yes' : 'No'),
          ` ${capitalized(each.words)}${each.possible ? '.' : ''}`,
          each.duration === undefined
            ? undefined
            : element('span', { class: 'duration' }, ` Duration: ${each.duration}.`),
        ),
      ]),
    ),
  );
}

/** The target of a change, such as `to 24000`. */
function targetWords(to: LustreProperties | undefined): string {
  const [value] = Object.values(to ?? {}) as unknown[];
  if (typeof value === 'number' || typeof value === 'string') return `to ${value}`;
  const { Iops } = (value ?? {}) as { Iops?: number };
  return Iops === undefined ? '' : `to ${Iops}`;
}
