import { expect, test } from 'vitest'
import { pathTest } from '../../server/src/config/globs'

test.each([
  // A name at any depth, of a file or of a folder with all that is in it.
  [['draft.cnn'], ['draft.cnn', 'a/b/draft.cnn'], ['draft.cnn2', 'a/my-draft.cnn']],
  [['*.gen.cnn'], ['x.gen.cnn', 'a/x.gen.cnn'], ['x.cnn']],
  [['generated'], ['generated/x.cnn', 'a/generated/b/x.cnn'], ['generated.cnn', 'a/x.cnn']],
  [['generated/'], ['generated/x.cnn', 'a/generated/b/x.cnn'], ['generated.cnn']],
  // A path from the folder of the configuration.
  [['models/*.cnn'], ['models/x.cnn'], ['models/a/x.cnn', 'a/models/x.cnn']],
  [['models/**'], ['models/x.cnn', 'models/a/x.cnn'], ['a/models/x.cnn']],
  [['./models'], ['models/x.cnn'], ['a/models/x.cnn']],
  [['/x.cnn'], ['x.cnn'], ['a/x.cnn']],
  [['**/old/*.cnn'], ['old/x.cnn', 'a/b/old/x.cnn'], ['old/a/x.cnn']],
  [['{a,b}/*.cnn'], ['a/x.cnn', 'b/x.cnn'], ['c/x.cnn']],
  // Hidden folders are folders.
  [['**/*.cnn'], ['.cache/x.cnn', 'x.cnn'], ['x.txt']],
  // The last pattern that means a path decides.
  [['a', '!a/keep.cnn'], ['a/x.cnn'], ['a/keep.cnn']],
  [['!a/keep.cnn', 'a'], ['a/keep.cnn'], ['x.cnn']],
  [[], [], ['x.cnn']],
])('%j', (patterns, meant, others) => {
  const applies = pathTest(patterns)
  expect(meant.filter((path) => !applies(path))).toEqual([])
  expect(others.filter(applies)).toEqual([])
})
