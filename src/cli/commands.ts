/** The commands and their options, as parsed and as printed by --help. */
import { manualPage } from '../review/manual';
import type { Command, Option } from './options/arguments';

const FILES = [
  "FILE is a template in YAML or JSON, a pattern such as 'templates/**/*.yaml', or - for standard input.",
];

const REGION: Option = { value: 'REGION', help: 'the region of the deployment, such as eu-west-1' };

const PARAMETERS: Option = {
  value: 'NAME=VALUE...',
  help: 'values of parameters instead of their defaults, or a JSON file of them',
  several: true,
};

const NATIVE: Option = {
  help: 'has no effect: AWS::FSx::FileSystem of type LUSTRE is always included',
};

/** The options for prices. */
const PRICES: Readonly<Record<string, Option>> = {
  prices: {
    value: 'FILE',
    help: "AWS's price list file of the region",
  },
  discount: { value: 'PERCENT', help: 'a discount on the whole cost, such as 12.5' },
};

const format = (...values: readonly string[]): Option => ({
  value: 'FORMAT',
  values,
  help: `${values.join(', ')}; default ${values[0] ?? ''}`,
});

/** All commands by name, in the order of --help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  check: {
    synopsis: 'FILE...',
    summary: 'report what FSx would refuse, before anything is deployed',
    options: {
      format: format('human', 'json', 'sarif', 'github'),
      native: NATIVE,
      parameters: PARAMETERS,
      region: REGION,
      strict: { help: 'exit with 1 on warnings too' },
      configuration: {
        value: 'FILE',
        help: "the account's type configuration as JSON; its limits are enforced too",
      },
      fix: { help: 'rewrite the files: fix each finding that has exactly one repair' },
      verbose: { help: 'also report what could not be checked, and why' },
    },
    notes: [
      ...FILES,
      'Checks each branch of an Fn::If, each iteration of an Fn::ForEach and the default of each parameter. Skips values that only the deployment decides.',
      'With --fix, standard input is written to standard output, fixed, and the report to standard error.',
      'Exit code: 0 no violation, 1 violations (with --strict also warnings), 2 a file could not be read; with --fix, for the remaining findings.',
    ],
    load: ({ options }) =>
      options.has('fix') || options.has('configuration') || options.one('format') === 'sarif'
        ? import('./full-check')
        : import('./check'),
  },
  estimate: {
    synopsis: 'FILE...',
    summary: 'throughput and monthly cost of each file system, and the total',
    options: {
      format: format('human', 'json', 'markdown', 'csv'),
      native: NATIVE,
      parameters: PARAMETERS,
      region: REGION,
      ...PRICES,
    },
    notes: [
      ...FILES,
      'Exit code: 0 estimated, 1 a file system is invalid, 2 a file could not be read.',
    ],
    load: () => import('./estimate'),
  },
  diff: {
    synopsis: 'OLD NEW',
    summary: 'what an update does to the data, clients, throughput and cost of each file system',
    options: {
      base: { value: 'REF', help: 'compare files with those of a commit, such as origin/main' },
      terraform: {
        value: 'PLAN',
        help: 'what `terraform show -json` prints, instead of templates',
      },
      live: { value: 'FILE', help: 'what `aws fsx describe-file-systems` prints, instead of OLD' },
      'file-system': {
        value: 'LogicalId=fs-...',
        help: 'the resource of a file system of --live, if its tags do not identify it',
        several: true,
      },
      format: format('human', 'markdown', 'json', 'github'),
      'fail-on': {
        value: 'WHAT',
        help: 'replacement, refusal, deletion, data-loss, unknown, increase>500; separate several with commas',
        several: true,
      },
      parameters: PARAMETERS,
      'old-parameters': {
        ...PARAMETERS,
        help: 'the current values of the stack, if they differ',
      },
      region: REGION,
      ...PRICES,
    },
    notes: [
      "OLD and NEW are templates in YAML or JSON; one of them may be - for standard input. With --base, specify files or patterns, such as diff --base origin/main 'templates/**/*.yaml'. With --live, specify only the new template.",
      'Exit code: 0 compared, 1 where --fail-on applies, 2 a file could not be read.',
    ],
    load: () => import('./diff'),
  },
  advise: {
    synopsis: '--capacity SIZE --throughput RATE',
    summary: 'the configurations that meet a need, cheapest first, with the YAML to paste',
    options: {
      capacity: { value: 'SIZE', help: 'storage, such as 20TiB, 4800GiB or 50TB' },
      throughput: { value: 'RATE', help: 'baseline throughput, such as 4GB/s, 500MB/s or 2GiB/s' },
      persistent: { help: 'only storage that keeps its data when a server fails' },
      deployment: {
        value: 'TYPE',
        help: 'only these DeploymentTypes, such as PERSISTENT_2; separate several with commas',
        several: true,
      },
      needs: {
        value: 'WHAT',
        help: 's3, backups, efa, growth; separate several with commas',
        several: true,
      },
      'metadata-iops': { value: 'IOPS', help: 'metadata operations per second, such as 12000' },
      'max-cost': { value: 'USD', help: 'the maximum cost in USD a month, such as 5000' },
      all: { help: 'also those that another one beats in cost, throughput and durability' },
      region: { ...REGION, help: 'the region whose prices are used, such as eu-west-1' },
      ...PRICES,
      format: format('human', 'json'),
      plot: { value: 'FILE', help: 'draw cost against throughput, as SVG' },
    },
    notes: [
      'Exit code: 0 configurations found, 1 no configuration meets the need, 2 the need cannot be read.',
    ],
    load: () => import('./advise'),
  },
  planner: {
    synopsis: '',
    summary: 'open a page that plans, checks and compares in the browser, offline',
    options: { print: { help: 'print the path of the page without opening it' } },
    notes: [
      'The path is always printed. If no browser can be opened, open the file yourself.',
      'Exit code: 0 opened or printed, 2 there is no page.',
    ],
    load: () => import('./planner'),
  },
  convert: {
    synopsis: 'FILE...',
    summary: 'rewrite AWS::FSx::FileSystem of type LUSTRE into Pangea::FSx::LustreFileSystem',
    options: {
      region: { ...REGION, help: 'the region of the deployment, to report what it lacks' },
      write: { help: 'rewrite the files instead of printing one' },
    },
    notes: [
      'FILE is a template in YAML or JSON, or - for standard input. Everything else stays unchanged.',
      'To move a resource that is already deployed, import it; an update does not work:',
      manualPage('migrate.md'),
      'Exit code: 0 converted, 1 nothing to convert, 2 a file could not be read or converted.',
    ],
    load: () => import('./convert'),
  },
  local: {
    synopsis: '[options]',
    summary: 'start an FSx API on this computer, and the resource type that uses it',
    handsOn: true,
    options: {},
    notes: [],
    load: () => import('./local'),
  },
  rules: {
    synopsis: '',
    summary: "list the rules, or write them as Rego for AWS's template engine",
    options: { format: format('human', 'json', 'rego') },
    notes: ['How to use the Rego:', manualPage('in-your-tools.md')],
    load: () => import('./rules'),
  },
  lsp: {
    synopsis: '',
    summary: 'run a language server for an editor',
    options: {
      stdio: { help: 'use standard input and output; there is no other transport' },
      clientProcessId: { value: 'PID', help: 'process ID of the editor; the server exits with it' },
    },
    notes: ['Started by an editor. Its settings:', manualPage('editor.md')],
    load: () => import('./lsp'),
  },
};
