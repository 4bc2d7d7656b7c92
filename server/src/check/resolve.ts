/** Walks a file's tree in the order in which it is evaluated and notes what every name stands for. */
import type {
  Argument,
  Assign,
  Body,
  Call,
  Comprehension,
  Expression,
  For,
  Identifier,
  If,
  Name,
  Parameter,
  SourceFile,
  Statement,
  SyntaxNode,
} from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'
import { findLayer } from '../layers'
import type { AnyLayer } from '../model/layer'
import { optionWords } from './binding/signature'
import { TOTALS } from './evaluate/expects'
import { FUNCTIONS } from './evaluate/functions'
import type { Binding, BindingKind, Meaning, Read, Scope } from './references'

/** Where paths meet, a name has the value of any of several bindings; those of loops may lead in a circle. */
export interface Meeting {
  readonly of: Source[]
}

export type Source = Binding | Meeting

export interface Resolved {
  readonly bindings: readonly Binding[]
  readonly reads: readonly Read[]
  /** What reaches each read; undefined where nothing does. */
  readonly sources: readonly (Source | undefined)[]
  /** What the name of a body stood for until a binding gave it another value. */
  readonly replaced: ReadonlyMap<Binding, Source>
}

export function isMeeting(source: Source): source is Meeting {
  return 'of' in source
}

/** The names of one file: what has been found, and what its declarations see. */
interface Names {
  readonly bindings: Binding[]
  readonly reads: Read[]
  readonly sources: (Source | undefined)[]
  readonly replaced: Map<Binding, Source>
  readonly declared: Map<string, Binding>
  /** The built-in layers that names stand for, as far as the text alone tells. */
  readonly layers: Map<Source, AnyLayer>
}

export function resolveNames(tree: SourceFile): Resolved {
  const names: Names = {
    bindings: [],
    reads: [],
    sources: [],
    replaced: new Map(),
    declared: new Map(),
    layers: new Map(),
  }
  const declare = (identifier: Identifier, kind: BindingKind, node: SyntaxNode) => {
    const binding = bindingOf(identifier, kind, node, tree, tree.start)
    names.bindings.push(binding)
    // A name that is declared twice stands for its first declaration.
    if (!names.declared.has(binding.name)) names.declared.set(binding.name, binding)
  }
  for (const item of tree.items) {
    if (item.kind === 'import') {
      for (const each of item.names) if (localName(each).name !== '') declare(localName(each), 'import', each)
    } else if (item.name.name !== '') declare(item.name, item.kind, item)
  }
  // Constants first: a body's call may be one of a layer that a constant stands for.
  for (const item of tree.items) if (item.kind === 'constant') resolveIn(item, names)
  for (const item of tree.items) {
    if (item.kind === 'block' || item.kind === 'network') resolveIn(item, names)
  }
  return names
}

/** The name under which a file knows what it imports. */
export function localName({ name, alias }: { name: Identifier; alias?: Identifier }): Identifier {
  return alias ?? name
}

function bindingOf(
  identifier: Identifier,
  kind: BindingKind,
  node: SyntaxNode,
  scope: Scope,
  from: number,
): Binding {
  return { name: identifier.name, identifier, kind, node, scope, from }
}

/** Resolves the names of one declaration, which sees no other's names but the file's. */
function resolveIn(owner: Exclude<Scope, SourceFile | Comprehension>, names: Names): void {
  const rebound = new Map<SyntaxNode, ReadonlySet<string>>()
  /** What each of the declaration's own names stands for at this point of the evaluation. */
  const now = new Map<string, Source>()
  /** The changes of `now`, to take a branch's back. */
  const log: { readonly name: string; readonly before: Source | undefined }[] = []
  /** Whether a `return` has ended the body on the present path. */
  let ended = false
  let inExpect = false

  const seen = (name: string) => now.get(name) ?? names.declared.get(name)

  function set(name: string, source: Source): void {
    log.push({ name, before: now.get(name) })
    now.set(name, source)
  }

  /** Takes the changes since a point of the log back; they are returned. */
  function takeBack(to: number): ReadonlyMap<string, Source> {
    const changes = new Map<string, Source>()
    while (log.length > to) {
      const { name, before } = log.pop() as (typeof log)[number]
      const changed = now.get(name)
      if (changed !== undefined && !changes.has(name)) changes.set(name, changed)
      if (before === undefined) now.delete(name)
      else now.set(name, before)
    }
    return changes
  }

  function bind(
    identifier: Identifier | undefined,
    kind: BindingKind,
    node: SyntaxNode,
    from: number,
    scope: Scope = owner,
  ): void {
    if (identifier === undefined || identifier.name === '') return
    const binding = bindingOf(identifier, kind, node, scope, from)
    names.bindings.push(binding)
    const before = now.get(binding.name)
    // The name of a comprehension hides what it stood for, and gives it back.
    if (before !== undefined && kind !== 'item') names.replaced.set(binding, before)
    set(binding.name, binding)
  }

  /** Notes a read; words and totals stand for themselves, anything else for what is bound, if anything is. */
  function read(node: Name | Identifier, meaning: Meaning): void {
    if (node.name === '') return
    const source = meaning === 'word' || meaning === 'total' ? undefined : seen(node.name)
    const found: Read = { name: node.name, node, meaning: source ? 'bound' : meaning }
    names.reads.push(found)
    names.sources.push(source)
  }

  function readName(node: Name, called: boolean): void {
    read(node, inExpect && Object.hasOwn(TOTALS, node.name) ? 'total' : builtinMeaning(node.name, called))
  }

  /** Ways of which one is taken: afterwards a name stands for what it was on any way that goes on. */
  function branches(ways: readonly (() => void)[]): void {
    const before = ended
    const ends = ways.map((way) => {
      const at = log.length
      ended = before
      way()
      return { changes: takeBack(at), ended }
    })
    const open = ends.filter((end) => !end.ended)
    const meeting = open.length > 0 ? open : ends
    for (const name of new Set(meeting.flatMap(({ changes }) => [...changes.keys()]))) {
      const of = meeting.flatMap(({ changes }) => changes.get(name) ?? seen(name) ?? [])
      set(name, of.length === 1 ? (of[0] as Source) : { of })
    }
    ended = before || open.length === 0
  }

  /** What runs any number of times, also never: its names may have the value of an earlier round. */
  function loop(node: For | Comprehension, round: () => void): void {
    const before = ended
    if (!rebound.has(node)) noteRebound(node, rebound)
    const heads = [...(rebound.get(node) ?? [])].map((name) => {
      const outer = seen(name)
      const meeting: Meeting = { of: outer ? [outer] : [] }
      set(name, meeting)
      return { name, meeting }
    })
    const at = log.length
    round()
    for (const { name, meeting } of heads) {
      const last = now.get(name)
      if (!ended && last !== undefined && last !== meeting) meeting.of.push(last)
    }
    takeBack(at)
    ended = before
  }

  function visit(node: Expression, called = false): void {
    switch (node.kind) {
      case 'name':
        readName(node, called)
        break
      case 'flow':
        visit(node.head)
        bind(node.headAs, 'as', node, node.headAs?.end ?? 0)
        for (const stage of node.stages) {
          visit(stage.value)
          bind(stage.as, 'as', stage, stage.as?.end ?? 0)
        }
        break
      case 'conditional':
        visit(node.condition)
        branches([() => visit(node.then), () => visit(node.else)])
        break
      case 'binary':
        visit(node.left)
        if (node.operator === 'and' || node.operator === 'or') branches([() => visit(node.right), () => {}])
        else visit(node.right)
        break
      case 'comparison':
        for (const operand of node.operands) visit(operand)
        break
      case 'unary':
        visit(node.operand)
        break
      case 'call':
        visitCall(node)
        break
      case 'index':
        visit(node.object)
        visit(node.index)
        break
      case 'attribute':
        visit(node.object)
        break
      case 'list':
        for (const item of node.items) visit(item)
        break
      case 'comprehension':
        visit(node.iterable)
        loop(node, () => {
          for (const name of node.names) bind(name, 'item', node, node.element.start, node)
          visit(node.element)
        })
        break
      case 'parenthesized':
        visit(node.value)
        break
    }
  }

  function visitCall(node: Call): void {
    visit(node.callee, true)
    for (let i = 0; i < node.args.length; i++) {
      const { name, value } = node.args[i] as Argument
      const layer = value.kind === 'name' ? layerOf(node.callee) : undefined
      if (layer !== undefined && value.kind === 'name' && isWord(layer, name?.name, i, value.name)) {
        read(value, 'word')
      } else visit(value)
    }
  }

  /** The built-in layer that is called, through calls that only add options and names that stand for it. */
  function layerOf(callee: Expression): AnyLayer | undefined {
    let at = callee
    while (at.kind === 'call' || at.kind === 'parenthesized') at = at.kind === 'call' ? at.callee : at.value
    if (at.kind !== 'name') return undefined
    const source = seen(at.name)
    return source === undefined ? findLayer(at.name) : names.layers.get(source)
  }

  /** Binds a name to what an expression stands for. */
  function bindTo(
    identifier: Identifier,
    kind: BindingKind,
    node: Assign | Parameter,
    value: Expression | undefined,
  ): void {
    const layer = value && layerOf(value)
    bind(identifier, kind, node, node.end)
    const source = now.get(identifier.name)
    if (layer && source) names.layers.set(source, layer)
  }

  function run(statement: Statement | If): void {
    switch (statement.kind) {
      case 'assign':
        visit(statement.value)
        if (statement.names.length === 1) {
          bindTo(statement.names[0] as Identifier, 'assign', statement, statement.value)
        } else for (const name of statement.names) bind(name, 'assign', statement, statement.end)
        break
      case 'shared':
        visit(statement.value)
        bind(statement.name, 'shared', statement, statement.end)
        break
      case 'input':
        visit(statement.shape)
        bind(statement.name, 'input', statement, statement.end)
        break
      case 'output':
        if (statement.value === undefined) read(statement.name, builtinMeaning(statement.name.name, false))
        else {
          visit(statement.value)
          bind(statement.name, 'output', statement, statement.end)
        }
        break
      case 'return':
        for (const value of statement.values) visit(value)
        // In a network it is misplaced, and the body goes on.
        if (owner.kind === 'block') ended = true
        break
      case 'expect':
        inExpect = true
        visit(statement.condition)
        inExpect = false
        break
      case 'for':
        visit(statement.iterable)
        loop(statement, () => {
          for (const name of statement.names) bind(name, 'for', statement, statement.iterable.end)
          runBody(statement.body)
        })
        break
      case 'if': {
        visit(statement.condition)
        const otherwise = statement.else
        branches([
          () => runBody(statement.then),
          () => {
            if (otherwise?.kind === 'if') run(otherwise)
            else if (otherwise !== undefined) runBody(otherwise)
          },
        ])
        break
      }
    }
  }

  function runBody({ statements }: Body): void {
    for (const statement of statements) run(statement)
  }

  for (const param of owner.kind === 'constant' ? [] : owner.params) {
    if (param.default) visit(param.default)
    bindTo(param.name, 'parameter', param, param.default)
  }
  if (owner.kind !== 'constant') runBody(owner.body)
  else {
    visit(owner.value)
    const layer = layerOf(owner.value)
    const source = names.declared.get(owner.name.name)
    if (layer && source?.node === owner) names.layers.set(source, layer)
  }
}

/** What a name stands for that nothing binds. A name that is called is a function before it is a layer. */
function builtinMeaning(name: string, called: boolean): Meaning {
  const isFunction = Object.hasOwn(FUNCTIONS, name)
  if (isFunction && called) return 'function'
  if (findLayer(name) !== undefined) return 'layer'
  return isFunction ? 'function' : 'unknown'
}

/** Notes for a loop and those in it the names that each binds in the body around it. */
function noteRebound(loop: For | Comprehension, found: Map<SyntaxNode, ReadonlySet<string>>): void {
  const open: { readonly end: number; readonly names: Set<string> }[] = []
  const add = (identifier: Identifier | undefined) => {
    if (identifier?.name) for (const { names } of open) names.add(identifier.name)
  }
  walk(loop, (node) => {
    while (open.length > 0 && (open.at(-1) as { end: number }).end <= node.start) open.pop()
    if (node.kind === 'for' || node.kind === 'comprehension') {
      const names = new Set<string>()
      found.set(node, names)
      open.push({ end: node.end, names })
    }
    if (node.kind === 'for' || node.kind === 'assign') node.names.forEach(add)
    else if (node.kind === 'shared' || (node.kind === 'output' && node.value)) add(node.name)
    else if (node.kind === 'input') add(node.name)
    else if (node.kind === 'flow') add(node.headAs)
    else if (node.kind === 'stage') add(node.as)
  })
}

/**
 * Whether an argument that is a bare name is read as a word of its option. Without the option's name it may give
 * any option up to its own place, since tensors before it give none.
 */
function isWord(layer: AnyLayer, option: string | undefined, place: number, name: string): boolean {
  const options = option === undefined ? Object.keys(layer.options).slice(0, place + 1) : [option]
  return options.some((each) => optionWords({ kind: 'builtin', layer }, each).includes(name))
}
