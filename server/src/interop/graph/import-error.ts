import { sentence, type Words } from '../../model/words'

/** A model that cannot be read: what is wrong with it, why that matters, and what to do. */
export class ImportError extends Error {
  constructor(readonly words: Words) {
    super(sentence(words))
  }
}
