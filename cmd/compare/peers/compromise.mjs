// Times the people, places and organisations of compromise.
import fs from 'node:fs'
import nlp from 'compromise'

const texts = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
for (let turn = 0; turn <= Number(process.argv[3]); turn++) {
  const start = performance.now()
  for (const text of texts) nlp(text).topics().json()
  if (turn > 0) console.log((performance.now() - start) / 1000)
}
