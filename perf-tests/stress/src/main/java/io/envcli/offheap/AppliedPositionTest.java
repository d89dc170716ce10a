package io.envcli.offheap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The position up to which the journal is applied is two words and a check: never half of one and half of another. */
@JCStressTest
@Outcome(id = {"1, 1", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "one position or the other")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "not readable in a thousand attempts: the view is rebuilt")
@Outcome(expect = Expect.FORBIDDEN, desc = "words of two positions")
@State
public class AppliedPositionTest {
    private final SmallIndex index = new SmallIndex();
    private final HashIndexReader reader = new HashIndexReader(index.walk, 0, false);

    public AppliedPositionTest() {
        index.edits.applied(1, 1);
    }

    @Actor
    public void writer() {
        index.edits.applied(2, 2);
    }

    @Actor
    public void reader(final II_Result result) {
        final long[] position = new long[2];
        final boolean readable = reader.applied(position);
        result.r1 = readable ? (int) position[0] : 0;
        result.r2 = readable ? (int) position[1] : 0;
    }
}
