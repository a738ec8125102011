/** Who imports whom is what the table of manual/development/architecture.md says, without circles. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

interface Room {
  /** As the table names it, such as `src/lustre/` or `src/resource.ts`. */
  name: string;
  /** Rooms by the last part of their names, packages, and `node` for the modules of Node. */
  mayImport: readonly string[];
}

const manual = readFileSync(join(ROOT, 'manual', 'development', 'architecture.md'), 'utf8');
const quoted = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const ROOMS = [...manual.matchAll(/^\| (`(?:src|local)\/[^|]*)\|[^|]*\|([^|]*)\|$/gm)].flatMap(
  ([, names = '', imports = '']): Room[] =>
    quoted(names).map((name) => ({ name, mayImport: quoted(imports) })),
);

const shortName = ({ name }: Room): string => name.replace(/^src\//, '').replace(/\/$|\.ts$/, '');

const roomOf = (file: string): Room | undefined => ROOMS.find(({ name }) => file.startsWith(name));

const FILES = ['src', 'local'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts')),
);

interface Import {
  from: string;
  /** A file of ours, a package, or `node`. */
  to: string;
}

const IMPORTS = FILES.flatMap((from): Import[] =>
  // Types too: who needs a type of another room knows that room.
  ts
    .preProcessFile(readFileSync(join(ROOT, from), 'utf8'))
    .importedFiles.map(({ fileName }) => ({ from, to: targetOf(from, fileName) })),
);

function targetOf(from: string, name: string): string {
  if (name.startsWith('.')) {
    const path = join(dirname(from), name);
    return [`${path}.ts`, join(path, 'index.ts')].find((file) => FILES.includes(file)) ?? path;
  }
  return name.startsWith('node:') || builtinModules.includes(name) ? 'node' : name;
}

test('every file stands in a room of the table', () => {
  expect(ROOMS.length).toBeGreaterThan(10);
  expect(FILES.filter((file) => !roomOf(file))).toEqual([]);
});

test('a room imports what the table says, and nothing else', () => {
  const wrong = IMPORTS.flatMap(({ from, to }) => {
    const room = roomOf(from);
    const target = roomOf(to);
    const name = target ? shortName(target) : to;
    if (!room || room === target || room.mayImport.includes(name)) return [];
    return [`${from} imports ${to}: ${room.name} may import ${room.mayImport.join(', ') || 'nothing'}.`]; // oxfmt-ignore
  });
  expect(wrong).toEqual([]);
});

test('the table allows nothing that nobody needs', () => {
  const needless = ROOMS.flatMap((room) => {
    const used = IMPORTS.filter(({ from }) => roomOf(from) === room).map(({ to }) => {
      const target = roomOf(to);
      return target ? shortName(target) : to;
    });
    return room.mayImport.filter((name) => !used.includes(name)).map((name) => `${room.name} needs no ${name}.`); // oxfmt-ignore
  });
  expect(needless).toEqual([]);
});

test('inside src/lustre, a folder imports from those above it in its table', () => {
  const folders = [...manual.matchAll(/^\| `(lustre(?:\/[a-z]+)?)\/` \|/gm)].map(([, name = '']) =>
    join('src', name),
  );
  expect(folders.toSorted()).toEqual(
    [...new Set(FILES.map(dirname))].filter((folder) => /^src\/lustre\b/.test(folder)).toSorted(),
  );
  const upwards = IMPORTS.filter(({ from, to }) => {
    const [above, below] = [to, from].map((file) => folders.indexOf(dirname(file)));
    return above !== -1 && below !== -1 && (above ?? 0) > (below ?? 0);
  });
  expect(upwards).toEqual([]);
});

test('there are no circles, of types neither', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file)) return;
    done.add(file);
    for (const { from, to } of IMPORTS) if (from === file) visit(to, [...path, file]);
  };
  for (const file of FILES) visit(file, []);
  expect(circles).toEqual([]);
});

test('what the page says about adding to the project names files that there are', () => {
  const section = manual.slice(manual.indexOf('## Adding to it'));
  const files = quoted(section).filter((word) =>
    /^(src|local|scripts|manual)\/.*\.\w+$/.test(word),
  );
  expect(files.length).toBeGreaterThan(15);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('what a web page and an editor may load runs without Node', async () => {
  const { errors, warnings, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: FILES.filter((file) => /^src\/(lustre|template|review)\//.test(file)),
    bundle: true,
    platform: 'browser',
    outdir: 'build/none',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  const packages = Object.keys(metafile.inputs).flatMap(
    (file) => /node_modules\/(.*?)\//.exec(file)?.[1] ?? [],
  );
  expect([...new Set(packages)]).toEqual(['yaml']);
});
