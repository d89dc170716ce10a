/** Which texts hold a secret, and which do not. */
@NullMarked
package io.envcli.scan.internal.secret;

import org.jspecify.annotations.NullMarked;
