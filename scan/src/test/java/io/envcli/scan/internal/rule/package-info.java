/** What the rules find in hand-written sources, beside the truth about each. */
@NullMarked
package io.envcli.scan.internal.rule;

import org.jspecify.annotations.NullMarked;
