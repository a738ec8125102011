/** The form for the need: sizes with sliders, features, region and prices. */
import { METADATA_IOPS, OFFERINGS } from '../lustre/catalog/catalog';
import { FEATURES } from '../lustre/catalog/features';
import { REGIONS } from '../lustre/catalog/regions';
import { whyNoCost } from '../lustre/estimates/cost';
import { pricesFrom } from '../lustre/estimates/price-list';
import { FALLBACK_REGION, PRICE_BOOK } from '../lustre/estimates/prices';
import { capacityIn, rateIn, type Quantity } from '../lustre/estimates/quantities';
import { amount } from '../lustre/wording';
import { byId, element, fill } from './elements';
import type { Change } from './plan';
import { percent, positive, type State } from './state';

/** A size with a number field and a slider. */
interface Size {
  readonly id: 'capacity' | 'throughput';
  readonly unit: string;
  /** The number of FSx's units in one of these. */
  readonly of: number;
  /** The ends of the slider, in `unit`. The number may be outside of them. */
  readonly range: readonly [number, number];
  readonly read: (text: string) => Quantity;
}

const SIZES: readonly Size[] = [
  { id: 'capacity', unit: 'TiB', of: 1024, range: [1, 2048], read: (text) => capacityIn(text, 'TiB') }, // oxfmt-ignore
  { id: 'throughput', unit: 'GB/s', of: 1000, range: [0.1, 500], read: (text) => rateIn(text, 'GB/s') }, // oxfmt-ignore
];

/** Steps of a slider, on a logarithmic scale. */
const STEPS = 1000;

const atStep = ([least, most]: Size['range'], step: number): number =>
  rounded(least * (most / least) ** (step / STEPS));

const stepOf = ([least, most]: Size['range'], value: number): number =>
  Math.round((STEPS * Math.log(value / least)) / Math.log(most / least));

/** Rounds to two digits, because a slider is not exact. */
const rounded = (value: number): number => Number(value.toPrecision(2));

const shown = (value: number): string => String(Math.round(value * 1e6) / 1e6);

/** Sets up the fields, which change the state. */
export function setUpForm(change: Change, current: () => State): void {
  for (const size of SIZES) setUpSize(size, change);
  setUpNeeds(change, current);
  setUpChoices(change);
  setUpCosts(change);
  setUpPrices(change, current);
  byId('need', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
  });
}

const input = (id: string): HTMLInputElement => byId(id, HTMLInputElement);
const select = (id: string): HTMLSelectElement => byId(id, HTMLSelectElement);

/** Shows the problem of a field; an empty one removes the message. */
function tell(field: HTMLInputElement, problemId: string, problem: string): void {
  byId(problemId, HTMLParagraphElement).textContent = problem;
  if (problem === '') field.removeAttribute('aria-invalid');
  else field.setAttribute('aria-invalid', 'true');
}

function setUpSize({ id, unit, of, range, read }: Size, change: Change): void {
  const number = input(id);
  const slider = input(`${id}-slider`);
  number.addEventListener('input', () => {
    const found = read(number.value);
    tell(
      number,
      `${id}-problem`,
      'problem' in found ? `${number.value || 'Nothing'} ${found.problem}` : '',
    );
    if ('value' in found) change({ [id]: found.value });
  });
  slider.addEventListener('input', () => {
    const value = atStep(range, Number(slider.value));
    number.value = shown(value);
    slider.setAttribute('aria-valuetext', `${shown(value)} ${unit}`);
    tell(number, `${id}-problem`, '');
    change({ [id]: value * of });
  });
}

function setUpNeeds(change: Change, current: () => State): void {
  const boxes = [
    { name: 'persistent', words: 'survive the failure of a server' },
    ...FEATURES.map(({ name, words }) => ({ name, words: NEEDS[name] ?? `have ${words}` })),
  ].map(({ name, words }) => {
    const box = element('input', { type: 'checkbox', name, id: `need-${name}` });
    box.addEventListener('change', () => {
      if (name === 'persistent') {
        change({ persistent: box.checked });
        return;
      }
      const features = FEATURES.map((each) => each.name).filter((each) =>
        each === name ? box.checked : current().features.includes(each),
      );
      change({ features });
    });
    return element('label', { class: 'check' }, box, words);
  });
  fill(byId('needs', HTMLDivElement), boxes);
}

/** The features in the words of the form. */
const NEEDS: Readonly<Record<string, string>> = {
  s3: 'be linked to S3',
  backups: 'be backed up automatically',
  efa: 'take clients over EFA',
  growth: 'grow later',
};

function setUpChoices(change: Change): void {
  const { also, multipleOf, maximum = multipleOf } = METADATA_IOPS.SSD;
  const iops = [
    ...also,
    ...Array.from({ length: maximum / multipleOf }, (_, index) => multipleOf * (index + 1)),
  ];
  fill(
    select('iops'),
    element('option', { value: '' }, 'any'),
    iops.map((each) => element('option', { value: each }, `at least ${amount(each)}`)),
  );
  select('iops').addEventListener('change', () => {
    change({ metadataIops: positive(select('iops').value) });
  });
  const deployments = [...new Set(OFFERINGS.map(({ deployment }) => deployment))];
  fill(
    select('deployment'),
    element('option', { value: '' }, 'any'),
    deployments.map((each) => element('option', { value: each }, each)),
  );
  select('deployment').addEventListener('change', () => {
    change({ deployment: deployments.find((each) => each === select('deployment').value) });
  });
}

function setUpCosts(change: Change): void {
  fill(select('region'), regionGroups());
  select('region').addEventListener('change', () => {
    change({ region: select('region').value, book: undefined });
  });
  const discount = input('discount');
  const least = input('max-cost');
  const read = (): void => {
    const wrong = [
      ...(discount.value !== '' && percent(discount.value) === undefined
        ? [`${discount.value} is not a discount: use 0 to 100 percent.`]
        : []),
      ...(least.value !== '' && positive(least.value) === undefined
        ? [`${least.value} is not a cost: use a number of USD.`]
        : []),
    ];
    tell(discount, 'cost-problem', wrong.join(' '));
    change({ discount: percent(discount.value) ?? 0, maximumCost: positive(least.value) });
  };
  discount.addEventListener('input', read);
  least.addEventListener('input', read);
}

/** The regions, grouped by what is known about their prices. */
function regionGroups(): HTMLElement[] {
  const names = REGIONS.map(({ region }) => region).sort();
  const groups: readonly (readonly [string, (name: string) => boolean])[] = [
    ['Prices known', (name) => PRICE_BOOK.regions[name] !== undefined],
    [`Prices of ${FALLBACK_REGION} are used`, (name) => PRICE_BOOK.regions[name] === undefined && whyNoCost(name) === undefined], // oxfmt-ignore
    ['No prices in USD', (name) => whyNoCost(name) !== undefined],
  ];
  return groups.map(([label, isIn]) =>
    element(
      'optgroup',
      { label },
      names.filter(isIn).map((name) => element('option', { value: name }, name)),
    ),
  );
}

/** The largest price list, in bytes. That of AWS for a region has a few million. */
const LARGEST = 64_000_000;

function setUpPrices(change: Change, current: () => State): void {
  const field = byId('prices', HTMLDivElement);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    if (file.size > LARGEST) {
      tellPrices(`${file.name} is larger than ${amount(LARGEST)} bytes.`);
      return;
    }
    file.text().then(
      (text) => {
        takePrices(text, change, current);
      },
      () => {
        tellPrices(`${file.name} cannot be read.`);
      },
    );
  };
  const chooser = input('price-file');
  chooser.addEventListener('change', () => {
    take(chooser.files?.[0]);
    chooser.value = '';
  });
  field.addEventListener('dragover', (event) => {
    event.preventDefault();
    field.classList.add('over');
  });
  field.addEventListener('dragleave', () => {
    field.classList.remove('over');
  });
  field.addEventListener('drop', (event) => {
    event.preventDefault();
    field.classList.remove('over');
    take(event.dataTransfer?.files[0]);
  });
  byId('price-remove', HTMLButtonElement).addEventListener('click', () => {
    change({ book: undefined });
    chooser.focus();
  });
}

function takePrices(text: string, change: Change, current: () => State): void {
  // A list with one region only is for that region, as on the command line.
  const all = pricesFrom(text);
  const [only, ...others] = 'book' in all ? Object.keys(all.book.regions) : [];
  const region = only !== undefined && others.length === 0 ? only : current().region;
  const found = pricesFrom(text, region);
  if ('problem' in found) {
    tellPrices(found.problem);
    return;
  }
  change({ book: found.book, region });
}

const tellPrices = (words: string): void => {
  byId('price-words', HTMLParagraphElement).textContent = words;
};

/** Shows a state in the fields, except in the one that is being edited. */
export function showForm(state: State): void {
  for (const { id, unit, of, range } of SIZES) {
    const value = state[id] / of;
    const slider = input(`${id}-slider`);
    if (document.activeElement !== input(id)) input(id).value = shown(value);
    if (document.activeElement !== slider) slider.value = String(stepOf(range, value));
    slider.setAttribute('aria-valuetext', `${shown(value)} ${unit}`);
  }
  input('need-persistent').checked = state.persistent;
  for (const { name } of FEATURES) input(`need-${name}`).checked = state.features.includes(name);
  choose(select('iops'), String(state.metadataIops ?? ''));
  choose(select('deployment'), state.deployment ?? '');
  choose(select('region'), state.region);
  showNumber(input('discount'), state.discount === 0 ? '' : String(state.discount));
  showNumber(input('max-cost'), String(state.maximumCost ?? ''));
  showPrices(state);
}

/** Selects a value. A value of a link that is not in the list is added to it. */
function choose(list: HTMLSelectElement, value: string): void {
  if (![...list.options].some((option) => option.value === value))
    list.append(element('option', { value }, value));
  list.value = value;
}

function showNumber(field: HTMLInputElement, value: string): void {
  if (document.activeElement !== field) field.value = value;
}

function showPrices({ book, region }: State): void {
  byId('price-remove', HTMLButtonElement).hidden = book === undefined;
  const items = Object.values(book?.regions[region] ?? {});
  const [date = 'date unknown'] = items.flatMap(({ asOf }) => asOf ?? []);
  tellPrices(
    book === undefined
      ? "Drop AWS's price list of a region here (JSON), or the output of get-products."
      : `${items.length} prices of ${region} from your file, ${date}. The address includes them.`,
  );
}
