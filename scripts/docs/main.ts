// Writes the generated documentation: npm run docs.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GENERATED, generatedPages } from './pages'

const pages = generatedPages()
for (const folder of GENERATED) {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!pages.has(`${folder}/${name}`)) await rm(join(folder, name))
  }
}
for (const [path, text] of pages) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
console.log(`${pages.size} pages written`)
