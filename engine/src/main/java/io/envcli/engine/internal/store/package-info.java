/** What a writer and a reader of a store share: its folders, its key, and errors in the words of the API. */
@NullMarked
package io.envcli.engine.internal.store;

import org.jspecify.annotations.NullMarked;
