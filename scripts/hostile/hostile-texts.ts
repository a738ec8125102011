/** Names, values and templates of somebody who wants to reach the terminal, or the CI, of whoever reads about them. */
import fc from 'fast-check';

/** What moves cursors, begins commands, hides letters, or is a name of JavaScript. */
export const PARTS: readonly string[] = [
  '\u001B[2J',
  '\u001B[31m',
  '\u001B]0;title\u0007',
  '\u001B]8;;https://example.com\u001B\\link',
  '\u001BP1$r\u001B\\',
  '\u009B2J',
  '\u009D0;title\u009C',
  '\u0085',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\b\b\b',
  '\u0007',
  '\u0000',
  '\u000B',
  '\u007F',
  '\u2028',
  '\u2029',
  '\u202E',
  '\u2066',
  '\u200B',
  '\u200D',
  '\uFEFF',
  '\u00AD',
  '\u061C',
  '\u034F',
  '\u{E0041}',
  '\uD800',
  '\uDC00',
  '::',
  '::stop-commands::x',
  '::add-mask::a',
  '::error file=a::b',
  ' ::warning::b',
  '\n::stop-commands::x',
  '\n\t ::set-output name=a::b',
  '\u00A0::notice::x',
  '##[group]',
  '##[add-mask]a',
  '##vso[task.setvariable variable=a]b',
  '##teamcity[testStarted]',
  '%0A::error::x',
  '%',
  ':',
  ',',
  "'",
  '"',
  '\\',
  '`',
  '$(x)',
  '<script>',
  '__proto__',
  'constructor',
  'toString',
  'a',
  'Fs',
  'ä',
  '日本',
  '👩‍💻',
  'x'.repeat(300),
  'y'.repeat(20_000),
];

/** A text of a few such parts. */
export const hostileText = fc
  .array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));

/** One that a file may be called. */
export const hostileFileName = hostileText.map(
  (text) =>
    `${Array.from(
      text
        .replaceAll('\u0000', '')
        .replaceAll('/', '')
        .replace(/\p{Surrogate}/gu, ''),
    )
      .slice(0, 40)
      .join('')}.yaml`,
);

const TYPES = ['Pangea::FSx::LustreFileSystem', 'AWS::FSx::FileSystem'] as const;

const fileSystem = fc.record({
  Type: fc.constantFrom(...TYPES),
  Condition: fc.option(hostileText, { nil: undefined }),
  Properties: fc
    .record({
      hostile: fc.dictionary(
        hostileText,
        fc.oneof(hostileText, fc.dictionary(hostileText, hostileText, { maxKeys: 2 })),
        { maxKeys: 2 },
      ),
      StorageCapacity: fc.oneof(fc.constantFrom<unknown>(1200, 5000), hostileText),
      DeploymentType: fc.option(hostileText, { nil: undefined }),
      KmsKeyId: fc.option(
        fc.oneof(
          hostileText,
          hostileText.map((text) => ({ Ref: text })),
          hostileText.map((text) => ({ 'Fn::Sub': `\${${text}}` })),
          hostileText.map((text) => ({ 'Fn::GetAtt': [text, text] })),
          hostileText.map((text) => ({ 'Fn::FindInMap': [text, text, text] })),
          hostileText.map((text) => ({ 'Fn::If': [text, text, text] })),
          hostileText.map((text) => ({ 'Fn::ImportValue': text })),
          hostileText.map((text) => ({ [`Fn::${text}`]: text })),
        ),
        { nil: undefined },
      ),
      Tags: fc.option(
        fc.array(fc.record({ Key: hostileText, Value: hostileText }), { maxLength: 3 }),
        {
          nil: undefined,
        },
      ),
      FileSystemType: fc.option(fc.constant('LUSTRE'), { nil: undefined }),
      LustreConfiguration: fc.option(fc.dictionary(hostileText, hostileText, { maxKeys: 2 }), {
        nil: undefined,
      }),
    })
    .map(({ hostile, ...properties }) => ({ ...hostile, ...properties })),
});

/** A template as JSON, whose names and values are hostile; what it means is often nonsense. */
const hostileTemplate = fc
  .record({
    Parameters: fc.dictionary(
      hostileText,
      fc.record({ Type: fc.constant('String'), Default: hostileText }),
      { maxKeys: 2 },
    ),
    Conditions: fc.dictionary(
      hostileText,
      fc.tuple(hostileText, hostileText).map(([name, text]) => ({
        'Fn::Equals': [{ Ref: name }, text],
      })),
      { maxKeys: 2 },
    ),
    Mappings: fc.dictionary(
      hostileText,
      fc.dictionary(hostileText, fc.dictionary(hostileText, hostileText, { maxKeys: 1 }), {
        maxKeys: 1,
      }),
      { maxKeys: 1 },
    ),
    Resources: fc.dictionary(hostileText, fileSystem, { minKeys: 1, maxKeys: 3 }),
    Outputs: fc.dictionary(
      hostileText,
      hostileText.map((text) => ({ Value: { 'Fn::Sub': `\${Fs.${text}} \${${text}.x}` } })),
      { maxKeys: 1 },
    ),
  })
  .map((template) => JSON.stringify(template));

/** The text of a file that the reader may refuse, with a message that quotes it. */
export const hostileFile = fc.oneof(
  { weight: 4, arbitrary: hostileTemplate },
  { weight: 1, arbitrary: fc.tuple(hostileTemplate, hostileText).map((texts) => texts.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileText, hostileText)
      .map(([key, value]) => `Resources:\n  ${key}: ${value}\n  *${key}: &${key} !${value} x\n`),
  },
);
