/**
 * The function of the Lambda Hook: an event of CloudFormation becomes operations, and what there is to say about them an answer.
 */
import { judgeOperation } from '../review/operation';
import {
  accepted,
  answerTo,
  isChecked,
  LONGEST_MESSAGES,
  type HookAnswer,
  type Judged,
} from './answer';
import {
  changesOf,
  isOfCloudControl,
  questionOf,
  tokenOf,
  type Changes,
  type Target,
} from './event';
import { cut } from '../lustre/wording';
import { readSettings, type Settings } from './settings';

/** Milliseconds for the changes of a change set: CloudFormation waits 30 seconds for the whole answer. */
const CHANGE_SET_TIMEOUT = 5000;

/**
 * Answers CloudFormation whether an operation on a file system may begin. Whatever happens it answers, and a fault of its own
 * stops nobody.
 */
export async function handler(event: unknown): Promise<HookAnswer> {
  const begun = Date.now();
  const token = tokenOf(event);
  try {
    const settings = readSettings(process.env);
    const question = questionOf(event);
    if ('nothing' in question) return logged(accepted(token, `Not checked. ${question.nothing}`), [], begun); // prettier-ignore
    const { targets, unread } = 'targets' in question ? { ...question, unread: [] } : await changesAt(question.changeSet); // prettier-ignore
    const judged = judgedOf(targets, settings);
    const { replacement, problems } = settings;
    const { cloudControl, cloudFormation } = LONGEST_MESSAGES;
    const longest = isOfCloudControl(event) ? cloudControl : cloudFormation;
    const answer = answerTo(judged, { token, longest, replacement, problems, unread });
    return logged(answer, judged, begun);
  } catch (fault) {
    return logged(accepted(token, FAULT), [], begun, fault);
  }
}

const FAULT =
  'Not checked: the hook itself failed, so it lets the operation pass. Its log says where it failed.';

function judgedOf(targets: readonly Target[], { configuration, region }: Settings): Judged[] {
  const date = new Date().toISOString().slice(0, 10);
  return targets.map((target) => ({
    target,
    judgment: judgeOperation(target, { configuration, region, date }),
  }));
}

/** @throws Error where there is no answer in time, or it is no JSON. */
async function changesAt(url: string): Promise<Changes> {
  const response = await fetch(url, { signal: AbortSignal.timeout(CHANGE_SET_TIMEOUT) });
  if (!response.ok) throw new Error(`The changes could not be read: ${response.status}.`);
  return changesOf(await response.json());
}

/** More than anybody reads: a line of a log has its limits too. */
const MOST_LOGGED = 50;
const LONGEST_LOGGED = 200;

/** One line for each invocation, of what was judged: names of rules and properties, and never a value. */
function logged(
  answer: HookAnswer,
  judged: readonly Judged[],
  begun: number,
  fault?: unknown,
): HookAnswer {
  const files = judged
    .filter(isChecked)
    .map(({ target: { logicalId, type, previous }, judgment }) => ({
      logicalId,
      type: type.name,
      action: previous ? 'UPDATE' : 'CREATE',
      objections: judgment.objections
        .slice(0, MOST_LOGGED)
        .map(({ rule, property }) => `${rule} ${cut(property, LONGEST_LOGGED)}`),
      replacing: judgment.replacing.map(({ property }) => property),
    }));
  const { hookStatus } = answer;
  const note = { hookStatus, ms: Date.now() - begun, files, ...(fault !== undefined && aboutFault(fault)) }; // prettier-ignore
  console.log(JSON.stringify(note));
  return answer;
}

/** The message may hold a property's value, its place cannot. */
function aboutFault(fault: unknown): Readonly<Record<string, unknown>> {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  return { fault: fault.name, at: /\n\s+at (.*)/.exec(fault.stack ?? '')?.[1] };
}
