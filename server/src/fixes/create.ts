import type { Candidate, FixMaker } from './fix'

export const newBlock: FixMaker = function* (): Generator<Candidate> {}
export const newConstant: FixMaker = function* (): Generator<Candidate> {}
