package io.envcli.offheap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An environment's chain of variables gets longer: where it begins and how long it is are two words, each whole. */
@JCStressTest
@Outcome(id = {"0, 0", "2, 0", "2, 1"}, expect = Expect.ACCEPTABLE, desc = "the chain first, then its length")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the reader has read the chain before, and the length after")
@Outcome(expect = Expect.FORBIDDEN, desc = "half a word, or an entry that is not there yet")
@State
public class ChainTest {
    private final SmallIndex index = new SmallIndex();

    public ChainTest() {
        index.edits.environment(SmallIndex.ENVIRONMENT, 7, HashIndexDescriptor.ENVIRONMENT, 0);
    }

    @Actor
    public void writer() {
        index.entry(2, 1, 0);
        index.edits.variables(SmallIndex.ENVIRONMENT, 2, 1);
    }

    @Actor
    public void reader(final II_Result result) {
        final int newest = (int) index.walk.newestVariable(SmallIndex.ENVIRONMENT);
        result.r1 = newest <= 0 || index.walk.isIntact(newest) ? newest : HashIndexWalk.DAMAGED;
        result.r2 = (int) index.walk.variablesEver(SmallIndex.ENVIRONMENT);
    }
}
