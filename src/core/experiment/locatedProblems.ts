import type * as jsonc from 'jsonc-parser';
import type { LocatedProblem, Problem } from '../registry/problem';
import { keyNode } from '../text/jsonTree';
import { linesAt, TreeIndex } from '../text/treeIndex';

/** The most problems that are listed: nobody reads more, and a page that shows more stands still. */
const MOST = 100;

/** A problem before its place in the text is known. Its message is only made where it is listed. */
export interface FoundProblem extends Pick<Problem, 'severity' | 'path'> {
  readonly message: () => string;
  /** Whether the JSON schema alone would find it too; false where it is left out. */
  readonly inSchema?: boolean;
  /** What of the text is marked: the value at the path, its key, or this node. */
  readonly mark?: 'key' | jsonc.Node;
}

/** The problems of a text, of which the first are listed. */
export class ProblemList {
  private readonly first: FoundProblem[] = [];
  private count = 0;

  add(problems: Iterable<FoundProblem>): void {
    for (const problem of problems) {
      this.count++;
      if (this.first.length < MOST) this.first.push(problem);
    }
  }

  /** The first problems with their places, errors before warnings, each in the order of the text; and how many more. */
  located(text: string, root: jsonc.Node): LocatedProblem[] {
    const index = new TreeIndex(root);
    const marks = this.first.map((problem) => nodeOf(problem, index));
    const lines = linesAt(
      text,
      marks.map(({ offset }) => offset),
    );
    const listed = this.first.map(({ severity, path, message, inSchema = false }, i) => {
      const { offset, type, length: whole } = marks[i]!;
      const length = type === 'object' || type === 'array' ? 1 : Math.max(whole, 1);
      return { severity, path, message: message(), inSchema, offset, length, ...lines[i]! };
    });
    const rank = ({ severity }: LocatedProblem) => (severity === 'error' ? 0 : 1);
    listed.sort((a, b) => rank(a) - rank(b) || a.offset - b.offset);
    const more = this.count - listed.length;
    if (!more) return listed;
    const last = listed.at(-1)!;
    const message = `${more} more ${more === 1 ? 'problem is' : 'problems are'} not listed`;
    return [...listed, { ...last, path: [], message, inSchema: false }];
  }
}

function nodeOf({ path, mark }: FoundProblem, index: TreeIndex): jsonc.Node {
  if (mark && mark !== 'key') return mark;
  const { node, depth } = index.nearest(path);
  return mark === 'key' && depth === path.length ? keyNode(node) : node;
}
