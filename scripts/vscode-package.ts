/**
 * The extension for VS Code as a .vsix: a zip of the extension with a manifest, the same bytes for the same sources.
 * Microsoft's packer, @vscode/vsce, brings 250 packages along, two of which run downloads when they are installed, and none
 * of what they do is needed here: signing in, publishing, looking for secrets.
 * https://learn.microsoft.com/en-us/visualstudio/extensibility/anatomy-of-a-vsix-package
 */
import { strToU8, zipSync } from 'fflate';

/** What VS Code's gallery and its users download. */
export const MOST_BYTES = 1_000_000;

export interface ExtensionSources {
  /** editors/vscode/package.json. */
  readonly manifest: string;
  readonly version: string;
  /** What lies in the extension, by its path: its entry, the server, the README. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

interface Manifest {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly publisher: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly engines: { readonly vscode: string };
}

/** @throws Error where it is larger than it may be. */
export function extensionPackage({ manifest, version, files }: ExtensionSources): Uint8Array {
  const described = { ...(JSON.parse(manifest) as Manifest), version };
  const extension = { ...files, 'package.json': strToU8(JSON.stringify(described, undefined, 2)) };
  const packed = zipSync(
    {
      '[Content_Types].xml': strToU8(contentTypes(Object.keys(extension))),
      'extension.vsixmanifest': strToU8(vsixManifest(described)),
      ...Object.fromEntries(
        Object.entries(extension).map(([path, bytes]) => [`extension/${path}`, bytes]),
      ),
    },
    { level: 9, mtime: new Date(1980, 0, 1) },
  );
  if (packed.length > MOST_BYTES)
    throw new Error(`The extension has ${packed.length} bytes; at most ${MOST_BYTES} are allowed.`);
  return packed;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'application/javascript',
  json: 'application/json',
  md: 'text/markdown',
  txt: 'text/plain',
  vsixmanifest: 'text/xml',
};

function contentTypes(paths: readonly string[]): string {
  const endings = new Set([...paths.map((path) => path.split('.').at(-1) ?? ''), 'vsixmanifest']);
  const defaults = [...endings].map(
    (ending) => `<Default Extension=".${ending}" ContentType="${TYPES[ending] ?? 'text/plain'}"/>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join('')}</Types>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function vsixManifest(manifest: Manifest & { readonly version: string }): string {
  const { name, displayName, description, publisher, version, categories, keywords, engines } =
    manifest;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escaped(name)}" Version="${escaped(version)}" Publisher="${escaped(publisher)}"/>
    <DisplayName>${escaped(displayName)}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Tags>${escaped(keywords.join(','))}</Tags>
    <Categories>${escaped(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <License>extension/LICENSE.txt</License>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escaped(engines.vscode)}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
`;
}
