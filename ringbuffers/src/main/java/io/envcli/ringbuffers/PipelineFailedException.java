package io.envcli.ringbuffers;

import org.jspecify.annotations.Nullable;

/** A stage has thrown: the pipeline has stopped, and nothing that was not acknowledged before will be. */
public final class PipelineFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what happened.
     * @param cause   what the stage threw; null if the pipeline was closed.
     */
    public PipelineFailedException(final String message, final @Nullable Throwable cause) {
        super(message, cause);
    }
}
