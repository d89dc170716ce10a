package io.envcli.perf.jmh;

/**
 * Two scores that belong together.
 *
 * @param name     of what both do.
 * @param subject  the benchmark in question, as {@link Scores} names it.
 * @param baseline the benchmark that it is measured against.
 */
record Comparison(String name, String subject, String baseline) {}
