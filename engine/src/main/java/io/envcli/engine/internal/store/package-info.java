/**
 * What a writer and a reader of a store share: its folders, its key, and errors in the words of the API.
 *
 * <p>{@link io.envcli.engine.internal.store.StoreFiles} knows a store's home, which
 * {@link io.envcli.engine.internal.store.Rekeying} moves. {@link io.envcli.engine.internal.store.StoreHead} notices a store
 * that was put back to an older state.
 */
@NullMarked
package io.envcli.engine.internal.store;

import org.jspecify.annotations.NullMarked;
