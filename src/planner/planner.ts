/** The planner: a page with `pangea-lustre advise`, `check`, `estimate` and `diff`. */
import { describeNeed } from '../lustre/estimates/wording';
import { showAnswer } from './answer';
import { showChoices, showOthers } from './choices';
import { showCode, showLater } from './choice-details';
import { byId, element, fill } from './elements';
import { setUpForm, showForm } from './need-form';
import { planOf, type Change, type Plan } from './plan';
import { PAPER, showPlot } from './plot-view';
import { addressOf, stateFrom, TEMPLATES, VIEWS, type State, type TemplateName } from './state';
import { checkContent, compareContent } from './template-views';

const read = stateFrom(location.hash);
let state: State = read.state;
let problems = read.problems;

/** The page is updated once for all changes in a frame, and the address after the last of several changes. */
let frame = 0;
let timer = 0;

const change: Change = (changed) => {
  state = withoutAbsent({ ...state, ...changed });
  problems = [];
  if (frame === 0) frame = requestAnimationFrame(show);
  clearTimeout(timer);
  timer = setTimeout(writeAddress, 150);
};

/** Removes members that are undefined. */
const withoutAbsent = (changed: object): State =>
  Object.fromEntries(
    Object.entries(changed).filter(([, value]) => value !== undefined),
  ) as unknown as State;

/** Writes the state to the address, and says which texts are too long for it. */
function writeAddress(): void {
  const { hash, leftOut } = addressOf(state);
  history.replaceState(null, '', hash);
  showLinks(hash);
  const words = leftOut.map(
    (name) => `${NAMES[name]} is too long for a link: it is kept in this page only.`,
  );
  fill(
    byId('problems', HTMLDivElement),
    [...problems, ...words].map((each) => element('p', { class: 'notice' }, each)),
  );
}

const NAMES: Readonly<Record<TemplateName, string>> = {
  template: 'The template to check',
  before: 'The deployed template',
  after: 'The new template',
};

/** The views are links, so that they can be opened in separate tabs. */
function showLinks(hash: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-view]')) {
    const { view } = link.dataset;
    const rest = hash.replace(/^#(view=\w+&)?/, '');
    link.href = view === 'plan' ? `#${rest}` : `#view=${view ?? ''}&${rest}`;
    if (view === state.view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function show(): void {
  frame = 0;
  for (const view of VIEWS) byId(view, HTMLElement).hidden = view !== state.view;
  switch (state.view) {
    case 'plan':
      showPlan();
      break;
    case 'check':
      fill(byId('check-result', HTMLDivElement), checkContent(state));
      break;
    case 'compare':
      fill(byId('compare-result', HTMLDivElement), compareContent(state));
      break;
  }
}

const tip = byId('tip', HTMLDivElement);

function showPlan(): void {
  const plan = planOf(state);
  showForm(state);
  const part = (id: string): HTMLElement => byId(id, HTMLElement);
  part('summary').textContent = needWords(plan);
  const isThere = plan.chosen !== undefined;
  for (const id of ['plot-section', 'choices', 'code', 'later']) part(id).hidden = !isThere;
  showAnswer(part('answer'), plan);
  if (isThere) showPlot(part('plot'), tip, plan, change);
  showChoices(part('choices'), plan, change);
  showCode(part('code'), plan, change);
  showLater(part('later'), plan);
  showOthers(part('others'), plan, change);
}

/** The need as text, for printing without the form. */
function needWords({ need, pricing: { region, discountPercent = 0 } }: Plan): string {
  const discount = discountPercent > 0 ? `, less ${discountPercent} %` : '';
  return `${describeNeed(need)}, in ${region}${discount}.`;
}

const area = (name: TemplateName): HTMLTextAreaElement => byId(name, HTMLTextAreaElement);

/** Shows the templates of an address. Never overwrites a text that is being edited. */
function showTemplates(): void {
  for (const name of TEMPLATES) {
    const text = state.templates[name] ?? '';
    if (area(name).value !== text) area(name).value = text;
  }
}

function setUpTemplates(): void {
  for (const name of TEMPLATES) {
    let wait = 0;
    const take = (text: string): void => {
      change({ templates: { ...state.templates, [name]: text } });
    };
    area(name).addEventListener('input', () => {
      clearTimeout(wait);
      // Checking a large template takes longer than a key press.
      wait = setTimeout(() => {
        take(area(name).value);
      }, 200);
    });
    const field = area(name).closest<HTMLElement>('.template-field');
    const chooser = field?.querySelector<HTMLInputElement>('input[type=file]');
    const open = (file: File | undefined): void => {
      file?.text().then(take, () => {
        fill(
          byId('problems', HTMLDivElement),
          element('p', { class: 'notice' }, `${file.name} cannot be read.`),
        );
      });
    };
    chooser?.addEventListener('change', () => {
      open(chooser.files?.[0]);
      chooser.value = '';
    });
    field?.addEventListener('dragover', (event) => {
      event.preventDefault();
    });
    field?.addEventListener('drop', (event) => {
      const [file] = event.dataTransfer?.files ?? [];
      if (file === undefined) return;
      event.preventDefault();
      open(file);
    });
  }
}

setUpForm(change, () => state);
setUpTemplates();
addEventListener('hashchange', () => {
  ({ state, problems } = stateFrom(location.hash));
  writeAddress();
  showTemplates();
  show();
});
addEventListener('beforeprint', () => {
  const plan = planOf(state);
  if (state.view === 'plan' && plan.chosen !== undefined)
    showPlot(byId('plot', HTMLElement), tip, plan, change, PAPER);
});
addEventListener('afterprint', show);
new ResizeObserver(() => {
  if (frame === 0 && state.view === 'plan') frame = requestAnimationFrame(show);
}).observe(byId('plot', HTMLDivElement));
writeAddress();
showTemplates();
show();
