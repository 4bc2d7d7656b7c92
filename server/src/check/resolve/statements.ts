import type { Assign, Body, If, Output, Statement } from '../../../../grammar/tree'
import { bind, builtinMeaning, type Context, read } from './context'
import { resolveExpression, resolveLoop } from './expressions'
import { layerOf, noteLayer } from './layers'

/** Resolves the names of a body in the order of its evaluation. */
export function resolveBody({ statements }: Body, context: Context): void {
  for (const statement of statements) resolveStatement(statement, context)
}

function resolveStatement(statement: Statement, context: Context): void {
  switch (statement.kind) {
    case 'assign':
      resolveAssign(statement, context)
      break
    case 'shared':
      resolveExpression(statement.value, context)
      bind(statement, context)
      break
    case 'input':
      resolveExpression(statement.shape, context)
      bind(statement, context)
      break
    case 'output':
      resolveOutput(statement, context)
      break
    case 'return':
      for (const value of statement.values) resolveExpression(value, context)
      // In a network it is misplaced, and the body goes on.
      if (context.owner.kind === 'block') context.paths.end()
      break
    case 'expect':
      resolveExpression(statement.condition, { ...context, inExpect: true })
      break
    case 'for':
      resolveExpression(statement.iterable, context)
      resolveLoop(statement, context, () => resolveBody(statement.body, context))
      break
    case 'if':
      resolveIf(statement, context)
      break
  }
}

function resolveAssign(statement: Assign, context: Context): void {
  const { names, value } = statement
  resolveExpression(value, context)
  const layer = layerOf(value, context)
  bind(statement, context)
  const [only] = names
  if (names.length === 1 && only) noteLayer(only.name, layer, context)
}

/** `output a` reads the name, `output a = …` binds it. */
function resolveOutput(statement: Output, context: Context): void {
  const { name, value } = statement
  if (value === undefined) read(name, builtinMeaning(name.name, false), context)
  else resolveExpression(value, context)
  bind(statement, context)
}

function resolveIf(statement: If, context: Context): void {
  const otherwise = statement.else
  resolveExpression(statement.condition, context)
  context.paths.branches([
    () => resolveBody(statement.then, context),
    () => {
      if (otherwise?.kind === 'if') resolveStatement(otherwise, context)
      else if (otherwise !== undefined) resolveBody(otherwise, context)
    },
  ])
}
