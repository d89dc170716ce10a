/**
 * Which CPUs this process may really use, and threads pinned to them. What is returned is what was obtained, read back from
 * the kernel, never what was asked for.
 */
@NullMarked
package io.envcli.affinity;

import org.jspecify.annotations.NullMarked;
