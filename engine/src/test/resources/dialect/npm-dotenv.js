// Reads texts with the real package: node npm-dotenv.js FOLDER CASES ANSWERS
// CASES has a text a line, in base64. ANSWERS gets a line each: names and values in base64, separated by spaces; "-" is the
// empty string.
const fs = require('fs')
const path = require('path')
const [folder, cases, answers] = process.argv.slice(2)
const dotenv = require(path.resolve(folder, 'node_modules', 'dotenv'))
const encode = (string) => Buffer.from(string, 'utf8').toString('base64') || '-'
const lines = fs.readFileSync(cases, 'latin1').split('\n').slice(0, -1)
const out = lines.map((line) => {
  const object = dotenv.parse(Buffer.from(line === '-' ? '' : line, 'base64'))
  return Object.entries(object).map(([name, value]) => encode(name) + ' ' + encode(value)).join(' ')
})
fs.writeFileSync(answers, out.join('\n') + '\n', 'latin1')
