/** The settings of the hook: parameters of its stack, which the function reads from its environment. */
import {
  parseTypeConfiguration,
  type TypeConfiguration,
} from '../lustre/account/type-configuration';

/** How to respond to an update that replaces a file system. */
export type Replacement = 'WARN' | 'FAIL' | 'ALLOW';

/** The parsed settings. */
export interface Settings {
  readonly configuration: TypeConfiguration;
  readonly replacement: Replacement;
  /** The region of the function and of the operation. */
  readonly region: string;
  /** Problems of the settings. An invalid type configuration has no effect. */
  readonly problems: readonly string[];
}

/**
 * Reads the settings. A mistake in them must not stop operations, so it is reported with each answer, and the rules of FSx
 * still apply.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const { CONFIGURATION = '', REPLACEMENT, AWS_REGION = 'us-east-1' } = environment;
  const { configuration, problems } = configurationOf(CONFIGURATION);
  return {
    configuration: problems.length > 0 ? {} : configuration,
    replacement: REPLACEMENT === 'FAIL' || REPLACEMENT === 'ALLOW' ? REPLACEMENT : 'WARN',
    region: AWS_REGION,
    problems: problems.map(
      (problem) =>
        `The Configuration of this hook is not valid, so no guardrail is enforced: ${problem}`,
    ),
  };
}

function configurationOf(text: string): ReturnType<typeof parseTypeConfiguration> {
  if (text.trim() === '') return { configuration: {}, problems: [] };
  try {
    return parseTypeConfiguration(JSON.parse(text));
  } catch {
    return { configuration: {}, problems: ['expected JSON.'] };
  }
}
