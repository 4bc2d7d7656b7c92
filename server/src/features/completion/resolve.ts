import { type CompletionItem, MarkupKind } from 'vscode-languageserver-types'
import { FUNCTIONS } from '../../check/language/functions'
import { type Declared, declaredAs } from '../../check/semantics/scope'
import { findLayer } from '../../layers'
import { declaredContent, pathContent } from '../hover/declaration'
import { layerDocumentation } from '../hover/documentation'
import { code, paragraphs } from '../support/markdown'
import type { View } from '../support/view'
import type { Documented } from './item'

/** Adds to an item the documentation that is shown beside it. */
export function resolveCompletion(view: View, item: CompletionItem): CompletionItem {
  const value = documentationOf(view, item.data as Documented | undefined)
  if (value === undefined || value === '') return item
  return { ...item, documentation: { kind: MarkupKind.Markdown, value } }
}

function documentationOf(view: View, documented: Documented | undefined): string | undefined {
  switch (documented?.kind) {
    case 'layer': {
      const layer = findLayer(documented.name)
      return layer && layerDocumentation(layer)
    }
    case 'function': {
      const found = Object.hasOwn(FUNCTIONS, documented.name) ? FUNCTIONS[documented.name] : undefined
      return found && paragraphs(code(found.signature), `The result is ${found.documentation}.`)
    }
    case 'declared':
      return declaredText(view, declaredAs(view, view.analysis.uri, documented.name))
    case 'imported':
      return declaredText(view, declaredAs(view, documented.file, documented.name))
    case 'file':
      return fileText(view, documented.file)
    default:
      return undefined
  }
}

function declaredText(view: View, declared: Declared | undefined): string | undefined {
  if (declared === undefined) return undefined
  const { title, documentation } = declaredContent(view, declared, declared.declaration)
  return paragraphs(title, documentation)
}

/** What a file declares, where it is known. */
function fileText(view: View, file: string): string | undefined {
  const content = pathContent(view, file, { start: 0, end: 0 })
  return content && paragraphs(content.title, content.notes, content.documentation)
}
