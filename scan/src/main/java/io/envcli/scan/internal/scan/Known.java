package io.envcli.scan.internal.scan;

import io.envcli.scan.internal.cache.RecordWriter;
import io.envcli.scan.internal.cache.Records;

/**
 * What is known from the last scan, and where one thread's part of what the next one is to know goes.
 *
 * @param records of the last scan.
 * @param writer  for the next.
 */
public record Known(Records records, RecordWriter writer) {}
