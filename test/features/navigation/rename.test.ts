import { describe, expect, test } from 'vitest'
import { isRefusal, prepareRename, rename } from '../../../server/src/features/navigation/rename'
import { applyEdits } from '../../../server/src/model/problem'
import { dedent } from '../../helpers/annotations'
import type { Sources } from '../view'
import { markedWorkspace } from './workspace'

/** The changed files after the renaming, or why it is refused. */
function renamed(sources: Sources, newName: string): Readonly<Record<string, string>> | string {
  const { workspace, file, offset } = markedWorkspace(sources)
  const answer = rename(workspace, file, offset, newName)
  if (answer === undefined) return 'nothing'
  if (isRefusal(answer)) return answer.refused
  return Object.fromEntries(
    Object.entries(answer.changes).map(([name, edits]) => {
      const lines = workspace.lines(name)
      const changes = edits.map(({ range, newText }) => ({
        start: lines.offset(range.start),
        end: lines.offset(range.end),
        text: newText,
      }))
      return [name, applyEdits(workspace.files.get(name)?.text ?? '', changes)]
    }),
  )
}

function checkRename(sources: Sources, newName: string, expected: Readonly<Record<string, string>>): void {
  expect(renamed(sources, newName)).toEqual(
    Object.fromEntries(Object.entries(expected).map(([name, text]) => [name, dedent(text)])),
  )
}

function prepared(source: string): unknown {
  const { workspace, file, offset } = markedWorkspace(source)
  const answer = prepareRename(workspace, file, offset)
  return isRefusal(answer) ? answer.refused : answer?.placeholder
}

const BLOCKS = `
  block unit(x: tensor, width=8, stride=1) {
    return x -> conv(width, 3, stride=stride, padding=half)
  }
`

describe('renaming', () => {
  test('a tensor renames what its readers may see, and no other tensor of the name', () => {
    const source = (a: string, b: string) => `
      block b(x: tensor, k) {
        ${a} = x -> relu
        if k { ${a} = x -> tanh as c }
        y = add(${b}, x)
        return y
      }
    `
    checkRename(source('y', '$0y'), 'z', { 'test.cnn': source('z', 'z') })
    checkRename(source('y', 'y').replace('return y', 'return $0y'), 'z', {
      'test.cnn': source('y', 'y').replace('y = add', 'z = add').replace('return y', 'return z'),
    })
  })

  test('a block renames its imports and their readers in all files, but not the names they have there', () => {
    const blocks = (name: string) => BLOCKS.replace('unit', name)
    const one = (name: string) => `
      from "./blocks.cnn" import ${name}
      block two(x: tensor) { return x -> 2 * ${name}(3, stride=2) }
    `
    const other = (name: string) => `
      from "./blocks.cnn" import ${name} as u
      block unit(x: tensor) { return x -> u }
    `
    const files = {
      'blocks.cnn': blocks('unit'),
      'one.cnn': one('unit').replace('* ', '* $0'),
      'other.cnn': other('unit'),
    }
    checkRename(files, 'piece', {
      'blocks.cnn': blocks('piece'),
      'one.cnn': one('piece'),
      'other.cnn': other('piece'),
    })
  })

  test('the name that an import has here leaves the declaration alone', () => {
    checkRename(
      { 'blocks.cnn': BLOCKS, 'test.cnn': 'from "./blocks.cnn" import unit as $0u\nhalf = u\n' },
      'piece',
      { 'test.cnn': 'from "./blocks.cnn" import unit as piece\nhalf = piece\n' },
    )
  })

  test('a parameter renames the arguments that give it', () => {
    const one = (name: string) => `
      from "./blocks.cnn" import unit
      twice = unit(${name}=2)
      block two(x: tensor, stride=3) {
        return x -> unit(3, ${name}=stride) -> conv(8, 3, stride=stride) -> twice(width=9)
      }
    `
    checkRename(
      { 'blocks.cnn': BLOCKS.replace('stride=1', '$0stride=1'), 'one.cnn': one('stride') },
      'step',
      {
        'blocks.cnn': BLOCKS.replace('stride=1', 'step=1').replace('stride=stride', 'stride=step'),
        'one.cnn': one('step'),
      },
    )
  })

  test('to the same name changes nothing, and from nowhere there is nothing to rename', () => {
    expect(renamed('A$0 = 1\n', 'A')).toEqual({})
    expect(renamed('A = $01\n', 'B')).toBe('nothing')
  })
})

describe('a renaming is refused', () => {
  const SOURCE = `
    W = 8
    block b(x: tensor, k) {
      y = x -> conv(W, 3, padding=same)
      for i in [1, 2] { y = y -> conv(i, 1) }
      zs = [y -> conv(r, 1) for r in [1, 2]]
      expect y.channels == k
      return y, zs
    }
    block c(x: tensor) { return x -> b(k=3) }
  `
  const at = (text: string) => SOURCE.replace(text, `$0${text}`)

  test.each([
    ['3x', '`3x` is no name: a name begins with a letter or `_` and goes on with letters, digits and `_`.'],
    ['', '`` is no name: a name begins with a letter or `_` and goes on with letters, digits and `_`.'],
    ['a b', '`a b` is no name: a name begins with a letter or `_` and goes on with letters, digits and `_`.'],
    ['else', '`else` is a reserved word of the language.'],
    ['none', '`none` is a reserved word of the language.'],
    ['conv2d', '`conv2d` is a built-in layer, which the new name would hide.'],
    ['len', '`len` is a built-in function, which the new name would hide.'],
    ['k', '`k` is already bound in `b`, on line 2.'],
    ['zs', '`zs` is already bound in `b`, on line 5.'],
    ['c', '`c` is already declared in test.cnn, on line 9.'],
    ['params', 'On line 6 of test.cnn, `params` would stand for something else.'],
    ['größe', ''],
  ])('to %s where it does not fit', (name, refused) => {
    const answer = renamed(at('y = x'), name)
    if (refused === '') expect(typeof answer).toBe('object')
    else expect(answer).toBe(refused)
  })

  test('where the name would be caught by another of that name', () => {
    expect(renamed(at('W = 8'), 'y')).toEqual({
      'test.cnn': dedent(SOURCE).replace('W = 8', 'y = 8').replace('conv(W', 'conv(y'),
    })
    expect(renamed(at('y = x'), 'r')).toBe('On line 5 of test.cnn, `r` would stand for something else.')
    expect(renamed(at('k) {'), 'params')).toBe(
      'On line 6 of test.cnn, `params` would stand for something else.',
    )
    const word = 'block b(x: tensor, p$0) { return x -> conv(8, 3, padding=p) }\n'
    expect(renamed(word, 'same')).toBe('On line 1 of test.cnn, `same` would stand for something else.')
    expect(renamed(at('r in'), 'i')).toBe('`i` is already bound in `b`, on line 4.')
  })

  test('where another file uses the new name already', () => {
    const files = {
      'blocks.cnn': BLOCKS.replace('unit', '$0unit'),
      'one.cnn': 'from "./blocks.cnn" import unit\nblock piece(x: tensor) { return x -> unit }\n',
    }
    expect(renamed(files, 'piece')).toBe('`piece` is already declared in one.cnn, on line 2.')
  })

  test('where an option would be missing afterwards', () => {
    expect(
      renamed(
        `
          block unit(x: tensor, $0step=1) { return x -> maxpool(2, stride=step) }
          block b(x: tensor, act: layer) { return x -> act(step=2) }
          network N {
            input image: [3, 8, 8]
            output y = image -> b(unit)
          }
        `,
        'pace',
      ),
    ).toMatch(/^test\.cnn would have an error on line \d\. .*`step`/)
  })

  test('where another file gives the parameter through a constant that may stand for several blocks', () => {
    expect(
      renamed(
        {
          'blocks.cnn': `
            block unit(x: tensor, $0step=1) { return x -> maxpool(2, stride=step) }
            either = if true then unit else relu
          `,
          'main.cnn': `
            from "./blocks.cnn" import either
            network N {
              input image: [3, 8, 8]
              output y = image -> either(step=2)
            }
          `,
        },
        'pace',
      ),
    ).toMatch(/^main\.cnn would have an error on line 4\. .*`step`/)
  })

  test('for what is built in or has no declaration here', () => {
    const source = `
      from "./nowhere.cnn" import a, b as c
      block d(x: tensor) { return x -> conv(8, kernel=3, padding=same) -> a -> nothing(len(x.shape)) }
      block e(x: tensor) { expect params == 3 return x -> unknown(3) }
    `
    const of = (text: string, rest = '') => prepared(source.replace(text, `${rest}$0${text}`))
    expect(of('conv')).toBe('`conv` is a built-in layer and cannot be renamed.')
    expect(of('kernel')).toBe('`kernel` names an option that no block here declares, and cannot be renamed.')
    expect(of('same')).toBe('`same` is a word of the option that it is given to and cannot be renamed.')
    expect(of('len')).toBe('`len` is a built-in function and cannot be renamed.')
    expect(of('shape')).toBe('`shape` is an attribute and cannot be renamed.')
    expect(of('tensor')).toBe('`tensor` is a type and cannot be renamed.')
    expect(of('params')).toBe('`params` is a total of the network and cannot be renamed.')
    expect(of('unknown')).toBe(
      '`unknown` is bound nowhere that reaches this place, so there is nothing to rename.',
    )
    expect(of('a, b')).toMatch(/^`a` is imported, and its declaration was not found/)
    expect(of('b as')).toBe('`b` was not found in the file that it is imported from.')
    expect(of('c\n')).toBe('c')
    expect(of('block d')).toBeUndefined()
    expect(of('8,')).toBeUndefined()
  })
})
