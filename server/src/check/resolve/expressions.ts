import type { Call, Comprehension, Expression, For, Name } from '../../../../grammar/tree'
import { TOTALS } from '../language/totals'
import { bind, builtinMeaning, type Context, read } from './context'
import { isWordArgument } from './layers'
import { reboundIn } from './rebound'

/** Resolves the names of an expression in the order of its evaluation. */
export function resolveExpression(node: Expression, context: Context): void {
  const resolve = (each: Expression) => resolveExpression(each, context)
  switch (node.kind) {
    case 'name':
      readName(node, false, context)
      break
    case 'flow':
      resolve(node.head)
      bind(node, context)
      for (const stage of node.stages) {
        resolve(stage.value)
        bind(stage, context)
      }
      break
    case 'conditional':
      resolve(node.condition)
      context.paths.branches([() => resolve(node.then), () => resolve(node.else)])
      break
    case 'binary':
      resolve(node.left)
      if (node.operator === 'and' || node.operator === 'or') {
        context.paths.branches([() => resolve(node.right), () => {}])
      } else resolve(node.right)
      break
    case 'comparison':
      node.operands.forEach(resolve)
      break
    case 'unary':
      resolve(node.operand)
      break
    case 'call':
      resolveCall(node, context)
      break
    case 'index':
      resolve(node.object)
      resolve(node.index)
      break
    case 'attribute':
      resolve(node.object)
      break
    case 'list':
      node.items.forEach(resolve)
      break
    case 'comprehension':
      resolve(node.iterable)
      resolveLoop(node, context, () => resolve(node.element))
      break
    case 'parenthesized':
      resolve(node.value)
      break
  }
}

function resolveCall(call: Call, context: Context): void {
  if (call.callee.kind === 'name') readName(call.callee, true, context)
  else resolveExpression(call.callee, context)
  for (const [place, argument] of call.args.entries()) {
    if (isWordArgument(call, place, argument, context)) read(argument.value, 'word', context)
    else resolveExpression(argument.value, context)
  }
}

/** Resolves what a loop repeats; each round begins with binding its names. */
export function resolveLoop(node: For | Comprehension, context: Context, round: () => void): void {
  context.paths.loop(reboundIn(node, context), () => {
    bind(node, context)
    round()
  })
}

function readName(node: Name, called: boolean, context: Context): void {
  const isTotal = context.inExpect && Object.hasOwn(TOTALS, node.name)
  read(node, isTotal ? 'total' : builtinMeaning(node.name, called), context)
}
