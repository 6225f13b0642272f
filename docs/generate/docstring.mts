/** A docstring, taken apart. */
import ts from "typescript";

export interface Docstring {
  /** What stands before the first tag. */
  readonly text: string;
  readonly examples: readonly string[];
  readonly throws: readonly string[];
  /** By the name of the parameter. */
  readonly parameters: ReadonlyMap<string, string>;
}

export function docstringOf(node: ts.Node): Docstring {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  const tags = ts.getJSDocTags(node);
  const textsOf = (name: string) =>
    tags.filter(({ tagName }) => tagName.text === name).map(({ comment }) => text(comment));
  return {
    text: text(comment?.comment),
    examples: textsOf("example"),
    throws: textsOf("throws"),
    parameters: new Map(tags.filter(ts.isJSDocParameterTag).map((tag) => [tag.name.getText(), text(tag.comment)])),
  };
}

function text(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  return ts.getTextOfJSDocComment(comment)?.trim() ?? "";
}
