// npm dotenv: node dotenv.cjs FOLDER_WITH_NODE_MODULES classic|fast FILE. Says what it found, and what the last of some
// parses in this process took, the text being in memory.
const [folder, parser, file] = process.argv.slice(2);
const dotenv = require(require.resolve('dotenv', { paths: [folder] }));
const text = require('node:fs').readFileSync(file, 'utf8');
let variables, nanos;
for (let i = 0; i < 3; i++) {
    const start = process.hrtime.bigint();
    variables = parser === 'fast' ? dotenv.parse(text, { fast: true }) : dotenv.parse(text);
    nanos = process.hrtime.bigint() - start;
}
console.log(`variables=${Object.keys(variables).length} nanos=${nanos}`);
