/**
 * The composition, and the API that a service embeds.
 *
 * <p>A {@link io.envcli.engine.Store} is the one writer of a store: it imports files and puts single variables through
 * the pipeline of {@code internal.pipeline}, journals them and keeps the view. A {@link io.envcli.engine.StoreReader}
 * answers from the view, in the same process or any other. {@link io.envcli.engine.MachineReport},
 * {@link io.envcli.engine.DiskReport} and {@link io.envcli.engine.StoreCheckup} say what there is to work with, and open nothing.
 * None of them prints, logs or opens a connection.
 */
@NullMarked
package io.envcli.engine;

import org.jspecify.annotations.NullMarked;
