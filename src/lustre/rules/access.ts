/** LogConfiguration and RootSquashConfiguration: members that must agree with each other. */
import { matches } from './formats';
import { LOG_GROUP_ARN } from '../properties/shapes';
import type { Refuse, Rule, RuleContext } from './context';
import { formatValue } from '../wording';

/** Rules for LogConfiguration and RootSquashConfiguration. */
export const access: Rule = (context, refuse) => {
  checkLogs(context, refuse);
  checkLogGroup(context, refuse);
  checkRootSquash(context, refuse);
};

/** [API LustreLogCreateConfiguration.Destination] */
function checkLogs({ properties: { LogConfiguration } }: RuleContext, refuse: Refuse): void {
  if (LogConfiguration?.Level !== 'DISABLED' || LogConfiguration.Destination === undefined) return;
  const { Destination } = LogConfiguration;
  refuse({
    rule: 'log-destination',
    property: 'LogConfiguration.Destination',
    value: Destination,
    message:
      'LogConfiguration.Destination cannot be used with Level DISABLED: omit it, or use Level WARN_ONLY, ERROR_ONLY or WARN_ERROR.',
    misplaced: true,
    repairs: [
      { LogConfiguration: { Level: 'DISABLED' } },
      { LogConfiguration: { Level: 'WARN_ERROR', Destination } },
    ],
  });
}

/**
 * The API reference requires the prefix /aws/fsx, the user guide /aws/fsx/, and the service-linked role of FSx has permissions
 * for `log-group:/aws/fsx/*` only. [LG cw-event-logging, using-service-linked-roles]
 */
function checkLogGroup({ properties: { LogConfiguration } }: RuleContext, refuse: Refuse): void {
  const { Level, Destination } = LogConfiguration ?? {};
  if (Level === undefined || Level === 'DISABLED' || Destination === undefined) return;
  if (!matches(LOG_GROUP_ARN, Destination) || Destination.includes(':log-group:/aws/fsx/')) return;
  refuse({
    rule: 'log-group',
    property: 'LogConfiguration.Destination',
    value: Destination,
    message: `LogConfiguration.Destination ${formatValue(Destination)} might not be accepted: AWS's user guide requires a log group whose name begins with /aws/fsx/, and the service-linked role of FSx cannot write to others. Use such a log group, or omit it to use /aws/fsx/lustre.`,
    severity: 'warning',
  });
}

/** The largest user and group ID. [API LustreRootSquashConfiguration.RootSquash] */
export const LAST_ID = 4_294_967_294;

function checkRootSquash(
  { properties: { RootSquashConfiguration: given } }: RuleContext,
  refuse: Refuse,
): void {
  const ids = /^(\d{1,10}):(\d{1,10})$/
    .exec(given?.RootSquash ?? '')
    ?.slice(1)
    .map(Number);
  if (
    ids === undefined ||
    ids.every((id) => id === 0) ||
    ids.every((id) => id > 0 && id <= LAST_ID)
  )
    return;
  const set = (RootSquash: string) => ({ RootSquashConfiguration: { ...given, RootSquash } });
  refuse({
    rule: 'root-squash',
    property: 'RootSquashConfiguration.RootSquash',
    value: given?.RootSquash,
    message: `RootSquashConfiguration.RootSquash ${String(given?.RootSquash)} is not valid: use UID:GID, both from 1 to ${LAST_ID}, such as 65534:65534, or 0:0 to turn root squash off.`,
    repairs: [set('65534:65534'), set('0:0')],
  });
}
