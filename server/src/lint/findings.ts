/** What the rules find together with the analysis. */

import type { Analysis } from '../check/analysis'
import { byPlace, type Problem } from '../model/problem'
import { sameItems } from '../model/same-items'
import { type AnyRule, NO_OTHERS, type Others, readsSizes, type Unseen } from '../rules/frame/rule'
import { runRule } from '../rules/frame/run'
import { type Survey, surveyOf, surveyWithout } from '../rules/frame/survey'
import { RULES } from '../rules/index'
import { DEFAULT_LINT, type LintSettings, settingOf } from './settings'
import { silencer } from './silence'

/** Called with a rule that failed; its findings are left out. */
export type OnCrash = (rule: AnyRule, error: unknown) => void

/** What findings depend on beside the analysis. */
export interface LintContext {
  readonly settings?: LintSettings
  /** The analyses of files that import the file, as far as they are known. */
  readonly importers?: readonly Analysis[]
  /** What other files may import; absent where there are none. */
  readonly unseen?: Unseen
  readonly onCrash?: OnCrash
}

interface Kept {
  readonly settings: LintSettings
  readonly importers: readonly Analysis[]
  readonly unseen: Unseen | undefined
  readonly problems: readonly Problem[]
}

/** The codes of the rules whose findings may follow from the sizes of an input, and of those that doubt inputs. */
const SIZED = codesOf(readsSizes)
const DOUBTING = codesOf(({ doubts }) => doubts === 'inputs')

function codesOf(isOne: (rule: AnyRule) => boolean): ReadonlySet<string> {
  return new Set(RULES.filter(isOne).map(({ code }) => code))
}

const NO_IMPORTERS: readonly Analysis[] = []

const known = new WeakMap<Analysis, Kept>()

/**
 * The problems of the analysis and what the rules find that no comment silences, sorted by place. A rule that
 * crashes is skipped. The result is kept as long as the analysis is, for the settings that were asked for last.
 */
export function findings(analysis: Analysis, context: LintContext = {}): readonly Problem[] {
  const { settings = DEFAULT_LINT, importers = NO_IMPORTERS, unseen, onCrash } = context
  const kept = known.get(analysis)
  if (
    kept?.settings === settings &&
    sameItems(kept.importers, importers) &&
    String(kept.unseen) === String(unseen)
  ) {
    return kept.problems
  }
  const ran = new Set<string>()
  const run = (rule: AnyRule, others: Others, sure?: Survey): readonly Problem[] => {
    const { severity, options } = settingOf(rule, settings)
    if (severity === 'off') return []
    try {
      const survey = sure ?? surveyOf(analysis)
      const context = { analysis, survey, importers, options, others }
      const problems = runRule(rule, severity, unseen === undefined ? context : { ...context, unseen })
      ran.add(rule.code)
      return problems
    } catch (error) {
      onCrash?.(rule, error)
      return []
    }
  }
  const before = RULES.filter(({ last }) => !last).flatMap((rule) => run(rule, NO_OTHERS))
  const others = { codes: RULES.map(({ code }) => code), ran, found: before }
  const found = [...before, ...RULES.filter(({ last }) => last).flatMap((rule) => run(rule, others))]
  const silenced = silencer(analysis)
  const shown = found.filter((problem) => !silenced(problem))
  const sure = sureOf(analysis, shown)
  const own = sure === undefined ? shown : shown.filter(({ code }) => !SIZED.has(code))
  const again =
    sure === undefined ? [] : RULES.filter(readsSizes).flatMap((rule) => run(rule, NO_OTHERS, sure))
  const problems = [...analysis.problems, ...own, ...again.filter((problem) => !silenced(problem))]
  problems.sort(byPlace)
  known.set(analysis, { settings, importers, unseen, problems })
  return problems
}

/**
 * The networks whose inputs are what was meant, where rules have found some that are not: what the others find by
 * the sizes of their maps has its cause in those inputs. Undefined where all are sure.
 */
function sureOf(analysis: Analysis, found: readonly Problem[]): Survey | undefined {
  const doubted = found.filter(({ code }) => DOUBTING.has(code))
  if (doubted.length === 0) return undefined
  const places = new Set(doubted.map(({ file, range }) => `${range.start} ${file}`))
  return surveyWithout(surveyOf(analysis), ({ file, name }) => places.has(`${name.start} ${file}`))
}
