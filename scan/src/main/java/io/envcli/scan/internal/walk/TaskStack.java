package io.envcli.scan.internal.walk;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Tasks that threads share, newest first; it is over when no task is left and none is being done.
 *
 * <p>Threading: any thread. Progress: {@link #take} blocks while others may still add tasks.
 *
 * @param <T> of the tasks.
 */
final class TaskStack<T> {
    private final Deque<T> stack = new ArrayDeque<>();
    /** Added and not done. */
    private int open;
    private @Nullable Throwable failure;

    synchronized void push(final T task) {
        stack.push(task);
        open++;
        notifyAll();
    }

    synchronized int size() {
        return stack.size();
    }

    /** The newest task; null when all is over. Whoever takes one says when it is {@link #done()}. */
    synchronized @Nullable T take() {
        boolean interrupted = false;
        while (stack.isEmpty() && open > 0 && failure == null) {
            try {
                wait();
            } catch (final InterruptedException e) {
                interrupted = true; // the others go on, and this thread is told at the end
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure == null ? stack.poll() : null;
    }

    synchronized void done() {
        open--;
        if (open == 0) {
            notifyAll();
        }
    }

    /** Ends everything. */
    synchronized void fail(final Throwable e) {
        failure = failure == null ? e : failure;
        notifyAll();
    }

    /** Waits for threads, then throws what one of them failed with. */
    void rethrow(final List<Thread> threads) {
        boolean interrupted = false;
        for (final Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (failure instanceof final RuntimeException e) {
                throw e;
            }
            if (failure instanceof final Error e) {
                throw e;
            }
        }
    }
}
