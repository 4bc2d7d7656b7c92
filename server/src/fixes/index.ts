/** Which fixes are proposed for which problems. */

import type { FixClass } from '../model/problem'
import { superfluousArgument } from './calls'
import { aloneOnLine } from './create'
import { expectFailed } from './expectations'
import type { FixMaker } from './fix'
import { doesNotDivide, groupsDoNotDivide } from './groups'
import { misplacedOptions } from './misplaced'
import {
  certainSyntax,
  misspeltName,
  misspeltPath,
  optionValue,
  unknownLayer,
  unknownName,
  unknownOption,
} from './names'
import { layerTimesNumber, tensorArithmetic } from './operators'
import { linearOnFeatureMap, needsSpatialAxes } from './ranks'
import { reshapeMismatch } from './reshapes'
import { cropExceedsInput, sizesDiffer } from './sizes'
import { misplacedStatement, missingReturn } from './statements'
import { outputBelowOne, outputPaddingTooLarge } from './transposed'
import { paddingExceedsInput, poolPaddingTooLarge, windowExceedsInput } from './windows'

/** By the problem's code, sorted. */
export const FIXES: Readonly<Record<string, FixMaker>> = {
  'channels-do-not-divide': doesNotDivide,
  'concat-sizes-differ': sizesDiffer,
  'crop-exceeds-input': cropExceedsInput,
  'expect-failed': expectFailed,
  'groups-do-not-divide': groupsDoNotDivide,
  'import-not-found': misspeltPath,
  'import-unknown-name': misspeltName,
  'layer-times-number': layerTimesNumber,
  'linear-on-feature-map': linearOnFeatureMap,
  'misplaced-statement': misplacedStatement,
  'missing-return': missingReturn,
  'needs-spatial-axes': needsSpatialAxes,
  'option-given-twice': superfluousArgument,
  'option-needs-name': misplacedOptions,
  'option-value': optionValue,
  'output-below-one': outputBelowOne,
  'output-padding-too-large': outputPaddingTooLarge,
  'padding-exceeds-input': paddingExceedsInput,
  'pool-padding-too-large': poolPaddingTooLarge,
  'reshape-mismatch': reshapeMismatch,
  'shapes-differ': sizesDiffer,
  'size-does-not-divide': doesNotDivide,
  'syntax-error': aloneOnLine,
  'tensor-arithmetic': tensorArithmetic,
  'too-many-options': superfluousArgument,
  'unknown-attribute': misspeltName,
  'unknown-layer': unknownLayer,
  'unknown-name': unknownName,
  'unknown-option': unknownOption,
  'window-exceeds-input': windowExceedsInput,
  'window-exceeds-unpadded-input': windowExceedsInput,
}

/** The fixes for a problem of the text itself, or of its code. */
export function makerFor(problem: {
  readonly code: string
  readonly syntaxFix?: unknown
}): FixMaker | undefined {
  return problem.syntaxFix === undefined ? FIXES[problem.code] : certainSyntax
}

/** The mistakes of which a fix may be certain: a name or an order that can have meant one thing alone. */
const MAY_BE_CERTAIN: ReadonlySet<string> = new Set([
  'import-not-found',
  'import-unknown-name',
  'layer-times-number',
  'option-needs-name',
  'option-value',
  'tensor-arithmetic',
  'unknown-attribute',
  'unknown-layer',
  'unknown-name',
  'unknown-option',
])

/** What the fixes of a mistake may be, the strongest first; empty where it gets none. */
export function errorClasses(problem: {
  readonly code: string
  readonly syntaxFix?: unknown
}): readonly FixClass[] {
  if (problem.syntaxFix !== undefined) return ['certain']
  if (FIXES[problem.code] === undefined) return []
  return MAY_BE_CERTAIN.has(problem.code) ? ['certain', 'choice'] : ['choice']
}
