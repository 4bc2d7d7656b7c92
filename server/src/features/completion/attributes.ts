/** The attributes of a tensor, with their values where they are known. */

import { CompletionItemKind } from 'vscode-languageserver-types'
import type { Expression } from '../../../../grammar/tree'
import { ATTRIBUTES } from '../../check/language/attributes'
import { showValue } from '../../check/words'
import { isTensor, isUnknown } from '../../model/value'
import { asSentence } from '../support/markdown'
import type { Proposal } from './item'
import type { Known } from './known'

/** The order in which they are asked for most; all others follow by name. */
const FIRST = ['shape', 'channels', 'height', 'width']

/** None for what is known to be no tensor; all where nothing is known. */
export function attributes(known: Known, object: Expression): readonly Proposal[] {
  const value = known.valueAt(object)
  if (!isTensor(value) && !isUnknown(value)) return []
  const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return Object.entries(ATTRIBUTES)
    .sort(([a], [b]) => rank(a) - rank(b))
    .flatMap(([label, attribute]) => {
      const found =
        isTensor(value) && known.graph !== undefined ? attribute.value(value, known.graph) : undefined
      // A map of two spatial axes has no depth.
      if (isTensor(value) && known.graph !== undefined && found === undefined) return []
      return [
        {
          label,
          kind: CompletionItemKind.Field,
          detail: found === undefined || isUnknown(found) ? undefined : showValue(found),
          documentation: asSentence(attribute.documentation),
        },
      ]
    })
}
