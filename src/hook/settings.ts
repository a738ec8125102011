/** What an account has set for its hook: parameters of the stack, which the function finds in its environment. */
import {
  parseTypeConfiguration,
  type TypeConfiguration,
} from '../lustre/account/type-configuration';

/** What is done about an update that replaces a file system. */
export type Replacement = 'WARN' | 'FAIL' | 'ALLOW';

export interface Settings {
  readonly configuration: TypeConfiguration;
  readonly replacement: Replacement;
  /** The region of the function, which is that of the operation. */
  readonly region: string;
  /** What is wrong with them: such a configuration counts as none. */
  readonly problems: readonly string[];
}

/**
 * Reads the settings. A hook must stop nobody by a mistake in them, so what is wrong is told with each answer, and the rules of
 * FSx hold all the same.
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
