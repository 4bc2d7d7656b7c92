/** Which fixes are proposed for which problems. */
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
import {
  paddingExceedsInput,
  poolPaddingTooLarge,
  windowExceedsInput,
  windowExceedsUnpadded,
} from './windows'

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
  'window-exceeds-unpadded-input': windowExceedsUnpadded,
}

/** The fixes for a problem of the text itself, or of its code. */
export function makerFor(problem: {
  readonly code: string
  readonly syntaxFix?: unknown
}): FixMaker | undefined {
  return problem.syntaxFix === undefined ? FIXES[problem.code] : certainSyntax
}
