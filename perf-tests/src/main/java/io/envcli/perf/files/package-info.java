/**
 * Imports of many small files, as a monorepo has them: what a file costs besides its variables. Measured in a warm process
 * and as a whole process, beside {@code cat} of the same files in the same round. Every import is proven: as many variables
 * and files as were generated, and the first and last variable of each file read back.
 */
@NullMarked
package io.envcli.perf.files;

import org.jspecify.annotations.NullMarked;
