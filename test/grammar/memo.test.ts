import { expect, test } from 'vitest'
import { memo } from '../../grammar/memo'

test('a result is made once for an object, even where it is undefined, and anew for another', () => {
  const asked: string[] = []
  const firstLetter = memo(({ text }: { readonly text: string }) => {
    asked.push(text)
    return text.length === 0 ? undefined : { letter: text.charAt(0) }
  })
  const [word, empty] = [{ text: 'conv' }, { text: '' }]
  expect(firstLetter(word)).toEqual({ letter: 'c' })
  expect(firstLetter(word)).toBe(firstLetter(word))
  expect([firstLetter(empty), firstLetter(empty)]).toEqual([undefined, undefined])
  expect(firstLetter({ text: 'conv' })).not.toBe(firstLetter(word))
  expect(asked).toEqual(['conv', '', 'conv'])
})
