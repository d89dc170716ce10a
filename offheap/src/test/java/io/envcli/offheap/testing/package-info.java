/** What tests of every module share: the check that no memory outside the heap is left behind. */
@NullMarked
package io.envcli.offheap.testing;

import org.jspecify.annotations.NullMarked;
