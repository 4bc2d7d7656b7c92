// Writes dist/templates.json, which the extension's client reads.
import { mkdirSync, writeFileSync } from 'node:fs'
import { makeTemplates } from './index'

mkdirSync('dist', { recursive: true })
writeFileSync('dist/templates.json', JSON.stringify(makeTemplates('examples')))
