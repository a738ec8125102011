import { convert, ManualConversionRequired, type Conversion } from '../review/conversion/convert';
import { NATIVE_TYPE } from '../review/resource-types';
import { UsageError, type Options, type Run } from './options/arguments';
import { decoded } from './files/decoded';
import { bytesOf, failureOf, nameOf, reportFailures, wordsOrInput, writeBack } from './files/files';
import { deploymentOf } from './options/option-values';
import { writeStderr, writeStdoutAsIs } from './files/streams';

/** Converts AWS::FSx::FileSystem resources of type LUSTRE to this type. */
export const run: Run = ({ positional, options }) => {
  let code = 0;
  const { region } = deploymentOf(options);
  for (const file of filesToConvert(positional, options)) {
    const name = nameOf(file);
    try {
      const { mark, text } = decoded(bytesOf(file));
      const conversion = convert(text, region === undefined ? {} : { region });
      if (!options.has('write')) writeStdoutAsIs(mark + conversion.text);
      else if (conversion.converted.length > 0) writeBack(file, mark + conversion.text);
      reportConversion(name, conversion);
      code = Math.max(code, codeOf(conversion));
    } catch (error) {
      if (error instanceof ManualConversionRequired)
        for (const why of error.obstacles) writeStderr(`pangea-lustre: ${name}: ${why}.`);
      else reportFailures([failureOf(error, name)]);
      code = 2;
    }
  }
  return code;
};

const codeOf = ({ converted, left }: Conversion): number =>
  left.length > 0 ? 2 : converted.length === 0 ? 1 : 0;

function reportConversion(name: string, { converted, left }: Conversion): void {
  if (converted.length === 0 && left.length === 0)
    writeStderr(`pangea-lustre: ${name}: there is no ${NATIVE_TYPE} of type LUSTRE.`);
  for (const { logicalId, notes } of converted)
    writeStderr([`${name}: ${logicalId} converted.`, ...notes].join(' '));
  for (const { logicalId, why } of left)
    writeStderr(`pangea-lustre: ${name}: ${logicalId} must be converted manually: ${why}.`);
}

function filesToConvert(words: readonly string[], options: Options): readonly string[] {
  const files = wordsOrInput(words);
  if (!options.has('write') && files.length > 1)
    throw new UsageError('Several templates can only be rewritten in place: specify --write.');
  if (options.has('write') && files.includes('-'))
    throw new UsageError('Standard input cannot be written: omit --write.');
  return files;
}
