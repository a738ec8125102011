/** Small changes of a source file that its tests should notice, found in TypeScript's syntax tree. */
import ts from 'typescript';

/** One change of one place. */
export interface Mutant {
  /** Path from the root of the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
  /** The whole file with the change. */
  readonly text: string;
}

/** What stands in place of a node, by the kind of the change. */
type Change = readonly [kind: string, replacement: string];

const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>> = {
  [ts.SyntaxKind.LessThanToken]: ['<=', '>='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<', '>'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
  [ts.SyntaxKind.BarBarToken]: ['&&'],
  [ts.SyntaxKind.QuestionQuestionToken]: ['&&'],
  [ts.SyntaxKind.PlusToken]: ['-'],
  [ts.SyntaxKind.MinusToken]: ['+'],
  [ts.SyntaxKind.AsteriskToken]: ['/'],
  [ts.SyntaxKind.SlashToken]: ['*'],
};

/**
 * All mutants of a file, in the order of its text.
 * @param text what the file holds
 */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isOutside(node)) return;
    const from = node.getStart(source);
    const original = node.getText(source);
    const line = source.getLineAndCharacterOfPosition(from).line + 1;
    for (const [kind, replacement] of changesOf(node, source)) {
      const changed = text.slice(0, from) + replacement + text.slice(node.getEnd());
      found.push({ file, line, kind, original, replacement, text: changed });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Types and imports do nothing when the program runs. */
function isOutside(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

function* changesOf(node: ts.Node, source: ts.SourceFile): Iterable<Change> {
  if (ts.isToken(node) && ts.isBinaryExpression(node.parent) && node.parent.operatorToken === node)
    for (const operator of OPERATORS[node.kind] ?? []) yield ['operator', operator];
  if (isCondition(node)) {
    yield ['condition', 'true'];
    yield ['condition', 'false'];
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) yield ['boolean', 'false'];
  if (node.kind === ts.SyntaxKind.FalseKeyword) yield ['boolean', 'true'];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    yield ['negation', node.operand.getText(source)];
  if (ts.isNumericLiteral(node)) yield ['number', String(Number(node.text) + 1)];
  if (ts.isRegularExpressionLiteral(node)) yield* withoutAnchors(node.text);
  if (isText(node)) yield ['text', node.getText(source).length > 2 ? "''" : "'mutated'"];
  if (ts.isArrayLiteralExpression(node)) yield* withoutElements(node, source);
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) yield ['call', ';'];
}

/** What decides on its own which way the program goes. */
function isCondition(node: ts.Node): boolean {
  const { parent } = node as { parent?: ts.Node };
  if (!parent || node.kind === ts.SyntaxKind.TrueKeyword) return false;
  return (
    ((ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === node) ||
    ((ts.isConditionalExpression(parent) || ts.isForStatement(parent)) && parent.condition === node)
  );
}

/** Text that is a value: no name of a member, no module. */
function isText(node: ts.Node): boolean {
  if (ts.isTemplateExpression(node)) return true;
  if (!ts.isStringLiteralLike(node)) return false;
  const { parent } = node;
  const isName = ts.isPropertyAssignment(parent) && parent.name === node;
  const isModule =
    ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  return !isName && !isModule && !ts.isTaggedTemplateExpression(parent);
}

function* withoutAnchors(pattern: string): Iterable<Change> {
  const end = pattern.lastIndexOf('/');
  const body = pattern.slice(1, end);
  const flags = pattern.slice(end);
  if (body.startsWith('^')) yield ['pattern', `/${body.slice(1)}${flags}`];
  if (body.endsWith('$')) yield ['pattern', `/${body.slice(0, -1)}${flags}`];
}

function* withoutElements(
  { elements }: ts.ArrayLiteralExpression,
  source: ts.SourceFile,
): Iterable<Change> {
  for (const left of elements) {
    const others = elements.filter((element) => element !== left);
    yield ['element', `[${others.map((element) => element.getText(source)).join(', ')}]`];
  }
}
