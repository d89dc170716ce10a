package io.envcli.perf.stages;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;

/**
 * Processor time of this thread by stage, so that neighbours who take the processor away cost nothing.
 *
 * <p>Threading: one thread, the one that made it.
 */
final class StageTimes {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private long since;

    /** From here on time counts for the stage that is ended next. */
    void begin() {
        since = THREADS.getCurrentThreadCpuTime();
    }

    /**
     * Ends a stage; the next one begins at once.
     *
     * @param stage that has done a slab.
     */
    void end(final Stage stage) {
        final long now = THREADS.getCurrentThreadCpuTime();
        nanos.merge(stage, now - since, Long::sum);
        since = THREADS.getCurrentThreadCpuTime();
    }

    /** {@return nanoseconds of a stage} */
    long nanos(final Stage stage) {
        return nanos.getOrDefault(stage, 0L);
    }
}
