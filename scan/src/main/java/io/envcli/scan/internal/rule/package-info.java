/**
 * One matching engine over tables of rules, a table a language. A {@link io.envcli.scan.internal.rule.Language} is read
 * from a resource beside these classes: which files it has, what its comments and strings look like, and its
 * {@link io.envcli.scan.internal.rule.Rule}s. Each has an anchor, a literal that must stand in the text; an
 * {@link io.envcli.scan.internal.rule.AnchorSearch} finds all anchors of a language in one pass, and only there the
 * {@link io.envcli.scan.internal.rule.Matcher} tries the rules.
 */
@NullMarked
package io.envcli.scan.internal.rule;

import org.jspecify.annotations.NullMarked;
