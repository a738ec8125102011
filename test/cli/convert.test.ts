/** `pangea-lustre convert`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, NATIVE, pangea, WRONG } from './command';

test('converting for a region tells what the region lacks', () => {
  const { code, out, err } = pangea(['convert', '--region', 'cn-north-1'], { input: NATIVE });
  expect(code).toBe(0);
  expect(err).toMatch(/^stdin: Fs converted\. SCRATCH_1 is not available in cn-north-1, which /);
  expect(out).toBe(pangea(['convert'], { input: NATIVE }).out);
  expect(pangea(['convert', '--region', 'Mars'], { input: NATIVE })).toEqual({
    code: 2,
    out: '',
    err: 'pangea-lustre: Mars is not a region: use one such as eu-west-1.\n',
  });
});

test('converting rewrites files in their places', () => {
  const at = folder({ 'a.yaml': NATIVE, 'b.yaml': WRONG });
  const printed = pangea(['convert', join(at, 'a.yaml')]);
  expect(printed.code).toBe(0);
  expect(readFileSync(join(at, 'a.yaml'), 'utf8')).toBe(NATIVE);
  const { code, out, err } = pangea(['convert', '--write', 'a.yaml', 'b.yaml'], { cwd: at });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.split('\n').slice(0, 2)).toEqual([
    'a.yaml: Fs converted.',
    'pangea-lustre: b.yaml: there is no AWS::FSx::FileSystem of type LUSTRE.',
  ]);
  expect(readFileSync(join(at, 'a.yaml'), 'utf8')).toBe(printed.out);
  expect(printed.out).toContain('Type: Pangea::FSx::LustreFileSystem # mine');
  expect(readFileSync(join(at, 'b.yaml'), 'utf8')).toBe(WRONG);
  writeFileSync(join(at, 'c.yaml'), printed.out);
  expect(pangea(['check', join(at, 'c.yaml')]).code).toBe(0);
});
