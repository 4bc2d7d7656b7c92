import { describe, it } from 'vitest'
import { checkRefactoring } from '../../helpers/refactoring'

/** A flow in a network, and what it becomes under a title. */
const check = (before: string, expected: Readonly<Record<string, string>>) =>
  checkRefactoring(
    'name-stage',
    `network N {\n  input image: [8, 32, 32]\n  conv1 = image\n  output y = ${before}\n}\n`,
    Object.fromEntries(Object.entries(expected).map(([title, flow]) => [title, `output y = ${flow}`])),
  )

describe('name-stage', () => {
  it('gives a stage a name that is new', () => {
    check('image -> con$0v(8, 3) -> relu', {
      'Name this stage conv2': 'image -> conv(8, 3) as conv2 -> relu',
    })
    check('image -> 2 * co$0nv(8, 3) -> relu', {
      'Name this stage conv2': 'image -> 2 * conv(8, 3) as conv2 -> relu',
    })
    check('add(image -> re$0lu, image)', { 'Name this stage relu1': 'add(image -> relu as relu1, image)' })
  })

  it('is not offered where the stage has a name or is a layer that waits', () => {
    check('image -> re$0lu', {})
    check('image -> re$0lu as a -> relu', {})
    check('image -> 2 * (re$0lu -> relu)', {})
    check('im$0age -> relu', {})
    check('image -> re$0lu -> conv(', {})
  })
})
