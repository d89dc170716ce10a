package io.envcli.ringbuffers;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two stages throw at once: one failure is the first, the other is kept with it, and none is lost. */
@JCStressTest
@Outcome(id = {"1, 1", "2, 1"}, expect = Expect.ACCEPTABLE, desc = "either is the first, with the other suppressed")
@Outcome(expect = Expect.FORBIDDEN, desc = "a failure is lost")
@State
public class FirstFailureTest {
    private final Failure failure = new Failure();
    private final Exception one = new Exception("1");
    private final Exception two = new Exception("2");

    @Actor
    public void first() {
        failure.set(one);
    }

    @Actor
    public void second() {
        failure.set(two);
    }

    @Arbiter
    public void after(final II_Result result) {
        final Throwable cause = failure.get();
        result.r1 = cause == null ? 0 : Integer.parseInt(String.valueOf(cause.getMessage()));
        result.r2 = cause == null ? 0 : cause.getSuppressed().length;
    }
}
