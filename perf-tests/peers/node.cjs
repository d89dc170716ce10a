// Node's own parser: node node.cjs FILE. Says what it found, and what the last of some parses in this process took.
const text = require('node:fs').readFileSync(process.argv[2], 'utf8');
const { parseEnv } = require('node:util');
let variables, nanos;
for (let i = 0; i < 3; i++) {
    const start = process.hrtime.bigint();
    variables = parseEnv(text);
    nanos = process.hrtime.bigint() - start;
}
console.log(`variables=${Object.keys(variables).length} nanos=${nanos}`);
