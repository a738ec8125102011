/** The function of the Lambda Hook: parses an event of CloudFormation, reviews its operations, and returns the result. */
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
import { today } from '../today';
import { readSettings, type Settings } from './settings';

/** Milliseconds for downloading the changes of a change set. CloudFormation waits 30 seconds for the whole response. */
const CHANGE_SET_TIMEOUT = 5000;

/**
 * Responds to CloudFormation whether an operation on a file system may start. It always responds, and an error in the hook
 * itself does not stop the operation.
 */
export async function handler(event: unknown): Promise<HookAnswer> {
  const begun = Date.now();
  const token = tokenOf(event);
  try {
    const settings = readSettings(process.env);
    const question = questionOf(event);
    if ('unchecked' in question) return logged(accepted(token, `Not checked. ${question.unchecked}`), [], begun); // oxfmt-ignore
    const { targets, unread } = 'targets' in question ? { ...question, unread: [] } : await changesAt(question.changeSet); // oxfmt-ignore
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
  'Not checked: the hook itself failed, so it allows the operation. Its log shows the failure.';

function judgedOf(targets: readonly Target[], { configuration, region }: Settings): Judged[] {
  const date = today();
  return targets.map((target) => ({
    target,
    judgment: judgeOperation(target, { configuration, region, date }),
  }));
}

/** @throws Error if there is no response in time, or it is not JSON. */
async function changesAt(url: string): Promise<Changes> {
  const response = await fetch(url, { signal: AbortSignal.timeout(CHANGE_SET_TIMEOUT) });
  if (!response.ok) throw new Error(`The changes could not be read: ${response.status}.`);
  return changesOf(await response.json());
}

/** The most files of a log line, and the longest name. */
const MOST_LOGGED = 50;
const LONGEST_LOGGED = 200;

/** Writes one log line for each invocation. It has names of rules and properties, but no values. */
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
  const note = { hookStatus, ms: Date.now() - begun, files, ...(fault !== undefined && aboutFault(fault)) }; // oxfmt-ignore
  console.log(JSON.stringify(note));
  return answer;
}

/** The location of an error. Its message may contain a property's value; its location cannot. */
function aboutFault(fault: unknown): Readonly<Record<string, unknown>> {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  return { fault: fault.name, at: /\n\s+at (.*)/.exec(fault.stack ?? '')?.[1] };
}
