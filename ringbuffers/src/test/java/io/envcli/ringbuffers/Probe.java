package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A stage that notes its calls, in a log that stages share, and does what a test wants. */
final class Probe implements Stage {
    /** What a stage was called for. */
    enum Call {
        START, SLAB, END, CLOSE
    }

    /** One call of one stage. */
    record Entry(int stage, Call call, long sequence, Thread thread) {}

    /** The calls of all stages, in the order of time. */
    static final class Log {
        private final List<Entry> entries = new ArrayList<>();

        synchronized void add(final Entry entry) {
            entries.add(entry);
        }

        synchronized List<Entry> all() {
            return List.copyOf(entries);
        }

        List<Entry> of(final int stage, final Call call) {
            return all().stream().filter(e -> e.stage() == stage && e.call() == call).toList();
        }

        List<Long> sequences(final int stage, final Call call) {
            return of(stage, call).stream().map(Entry::sequence).toList();
        }
    }

    /** What happens in a call, after it was noted. */
    @FunctionalInterface
    interface Action {
        void run(Call call, long sequence) throws Exception;
    }

    /** What happens with a slab. */
    @FunctionalInterface
    interface SlabAction {
        void run(Slab slab, long sequence) throws Exception;
    }

    final AtomicInteger closes = new AtomicInteger();
    private final int index;
    private final Log log;
    private Action action = (call, sequence) -> {};
    private SlabAction slabAction = (slab, sequence) -> {};

    Probe(final int index, final Log log) {
        this.index = index;
        this.log = log;
    }

    /** Stages 0, 1, … that share a log. */
    static List<Probe> stages(final int count, final Log log) {
        final List<Probe> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stages.add(new Probe(i, log));
        }
        return stages;
    }

    Probe on(final Action value) {
        action = value;
        return this;
    }

    Probe onEach(final SlabAction value) {
        slabAction = value;
        return this;
    }

    @Override
    public String name() {
        return "s" + index;
    }

    private void note(final Call call, final long sequence) throws Exception {
        log.add(new Entry(index, call, sequence, Thread.currentThread()));
        action.run(call, sequence);
    }

    @Override
    public void onStart() throws Exception {
        note(Call.START, -1);
    }

    @Override
    public void onSlab(final Slab slab, final long sequence) throws Exception {
        note(Call.SLAB, sequence);
        slabAction.run(slab, sequence);
    }

    @Override
    public void endOfBatch(final long sequence) throws Exception {
        note(Call.END, sequence);
    }

    @Override
    public void onClose() {
        closes.incrementAndGet();
        try {
            note(Call.CLOSE, -1);
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
