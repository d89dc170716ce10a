/**
 * The view: from environment and name to the place in the journal of the value, now and at every earlier version.
 *
 * <p>{@link io.envcli.engine.internal.view.LiveView} is the writer's side, used by the pipeline's last stages and, in the
 * same way, by a rebuild from the journal. {@link io.envcli.engine.internal.view.ViewFolder} decides whether what lies on
 * disk can be trusted, and heals it when not.
 */
@NullMarked
package io.envcli.engine.internal.view;

import org.jspecify.annotations.NullMarked;
