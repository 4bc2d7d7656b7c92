import { localName } from '../../../grammar/bindings'
import type { Block, Constant, Identifier, Network, SourceFile, SyntaxNode } from '../../../grammar/tree'
import type { Value } from '../model/graph'
import type { RelatedPlace } from '../model/problem'
import type { Host } from './analysis'
import { faultsOf } from './faults'
import { importCycle, importHasErrors, importNotFound, importUnknownName } from './problems/imports'
import { duplicateName } from './problems/names'
import { recursion } from './problems/structure'
import { type Declaration, findRecursion } from './recursion'
import type { Reporter } from './report'
import { closest } from './words'

/** What a name at a file's level stands for. */
export type Entity =
  | ConstantEntity
  | { readonly kind: 'block'; readonly declaration: Block; readonly file: string }
  | { readonly kind: 'network'; readonly declaration: Network; readonly file: string }

export interface ConstantEntity {
  readonly kind: 'constant'
  readonly declaration: Constant
  readonly file: string
  /** Evaluated when it is first read. */
  value?: Value | 'evaluating'
  /** What is wrong with it, when it stands in another file than the one that is analysed. */
  fault?: RelatedPlace
}

/** One file with the names that its declarations see. */
export interface Module {
  readonly file: string
  readonly tree: SourceFile
  readonly names: ReadonlyMap<string, Entity>
  /** The module in which an entity that is seen here was declared. */
  readonly moduleOf: (entity: Entity) => Module
  /** Names that an import should have brought: what they stand for is unknown, and silent. */
  readonly broken: ReadonlySet<string>
  /** Statements and declarations whose text is at fault: what they stand for is unknown. */
  readonly faulty: ReadonlySet<SyntaxNode>
  /** Blocks and networks that reach themselves. */
  readonly recursive: ReadonlySet<Declaration>
  /** Blocks that call themselves while what they are given decreases, or else are found out by running them. */
  readonly ending: ReadonlySet<Declaration>
}

export interface Modules {
  readonly root: Module
  readonly files: ReadonlyMap<string, SourceFile>
  readonly missing: readonly string[]
}

/** Reads a file and everything that it imports; problems are reported for the root alone. */
export function loadModules(uri: string, tree: SourceFile, host: Host, reporter: Reporter): Modules {
  const files = new Map<string, SourceFile>()
  const missing = new Set<string>()
  const modules = new Map<string, Module>()
  const moduleOf = (entity: Entity) => modules.get(entity.file) as Module

  function load(file: string, tree: SourceFile, trail: readonly string[]): Module {
    files.set(file, tree)
    const names = new Map<string, Entity>()
    const places = new Map<string, Identifier>()
    const broken = new Set<string>()
    const report: Reporter['report'] = (kind, data, place) => {
      if (file === uri) reporter.report(kind, data, place)
    }
    const declare = (identifier: Identifier, entity: Entity | undefined) => {
      const { name } = identifier
      if (name === '') return
      const earlier = places.get(name)
      if (earlier) {
        const data = { name, line: reporter.line(file, earlier.start) }
        return report(duplicateName, data, { file, range: identifier })
      }
      places.set(name, identifier)
      if (entity) names.set(name, entity)
      else broken.add(name)
    }

    const checkParameters = ({ params }: Block | Network) => {
      for (const [i, { name }] of params.entries()) {
        const earlier = params.slice(0, i).find((param) => param.name.name === name.name)
        if (!earlier || name.name === '') continue
        const data = { name: name.name, line: reporter.line(file, earlier.start) }
        report(duplicateName, data, { file, range: name })
      }
    }

    for (const item of tree.items) {
      if (item.kind !== 'import') {
        declare(item.name, { kind: item.kind, declaration: item, file } as Entity)
        if (item.kind !== 'constant') checkParameters(item)
        continue
      }
      const path = item.path.value
      const target = host.resolve(file, path)
      const imported = path === '' ? undefined : host.file(target)
      const cycle = target === file || trail.includes(target)
      if (cycle && imported !== undefined) {
        const circle = [...trail.slice(trail.indexOf(target)), file, target].map(baseName)
        report(importCycle, { path, cycle: circle }, { file, range: item.path })
      } else if (imported === undefined && path !== '') {
        missing.add(target)
        const refused = host.refuses?.(target) === true ? { isRefused: true } : {}
        report(importNotFound, { path, suggestions: [], ...refused }, { file, range: item.path })
      }
      const module =
        imported === undefined || cycle
          ? undefined
          : (modules.get(target) ?? load(target, imported, [...trail, file]))
      for (const each of item.names) {
        const { name } = each
        const entity = module?.names.get(name.name)
        const own = entity?.file === module?.file ? entity : undefined
        declare(localName(each), own)
        if (module === undefined || name.name === '') continue
        if (own === undefined) {
          const exported = [...module.names].filter(([, other]) => other.file === module.file)
          const suggestions = closest(
            name.name,
            exported.map(([other]) => other),
          )
          report(importUnknownName, { name: name.name, path, suggestions }, { file, range: name })
          continue
        }
        const fault = module.tree.problems.find(
          ({ start }) => own.declaration.start <= start && start <= own.declaration.end,
        )
        if (fault) {
          const line = reporter.line(target, fault.start)
          report(
            importHasErrors,
            { name: name.name, path, first: fault.message, line },
            { file, range: name },
          )
        }
      }
    }
    const { declarations, ending, cycles } = findRecursion(tree)
    for (const { range, ...data } of cycles) report(recursion, data, { file, range })
    const faulty = faultsOf(tree).nodes
    const module: Module = { file, tree, names, broken, moduleOf, faulty, recursive: declarations, ending }
    modules.set(file, module)
    return module
  }

  return { root: load(uri, tree, []), files, missing: [...missing] }
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}
