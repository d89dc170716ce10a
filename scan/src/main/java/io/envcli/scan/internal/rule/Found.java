package io.envcli.scan.internal.rule;

import io.envcli.scan.Use;
import org.jspecify.annotations.Nullable;

/**
 * A use before its place has become line and column.
 *
 * @param offset       of the name or the expression.
 * @param end          of it.
 * @param rule         that found it.
 * @param kind         what it does; null for a variable of the file's own.
 * @param name         or expression.
 * @param need         for it.
 * @param defaultValue or null.
 */
record Found(int offset, int end, Rule rule, Use.@Nullable Kind kind, String name, Use.Need need,
        @Nullable String defaultValue) {}
