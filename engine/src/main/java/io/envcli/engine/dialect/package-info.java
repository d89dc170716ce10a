/**
 * Dialects: how dotenv text is read, and written.
 *
 * <p>There is no dotenv format; each tool reads its own. A {@link io.envcli.engine.dialect.Dialect} is the reading of one
 * tool, and its {@link io.envcli.engine.dialect.DialectParser} gives the variables that the tool itself would give, with
 * what the tool drops silently as a reject and what nobody can have meant as a warning, both in
 * {@link io.envcli.engine.dialect.Diagnostics}.
 *
 * <p>A parser works on slabs, whose text is cut anywhere: it gives back the tail that it could not finish. How far it
 * looks ahead is bounded, so a tail fits in front of the next slab and no input is quadratic. Plain lines are decided
 * from the bitmaps of the text kernel; everything else goes the exact way, statement by statement.
 * {@link io.envcli.engine.dialect.TextParser} does all this for whoever just has text and no pipeline.
 */
@NullMarked
package io.envcli.engine.dialect;

import org.jspecify.annotations.NullMarked;
