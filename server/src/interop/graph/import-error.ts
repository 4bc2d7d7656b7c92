import { sentence, type Words } from '../../model/words'

/** A model that cannot be read: what is wrong with it, why that matters, and what to do. */
export class ImportError extends Error {
  constructor(readonly words: Words) {
    super(sentence(words))
  }
}

/** @throws ImportError always: the model holds what cannot be read as a network */
export function refuse(what: string, why: string, todo: string): never {
  throw new ImportError({ what, why, todo })
}
