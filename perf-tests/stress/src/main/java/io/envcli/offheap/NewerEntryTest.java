package io.envcli.offheap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A variable gets a newer entry: its slot swings in three stores, and the bucket is valid at every instant. */
@JCStressTest
@Outcome(id = {"1", "2"}, expect = Expect.ACCEPTABLE, desc = "the older or the newer")
@Outcome(expect = Expect.FORBIDDEN, desc = "absent, or taken for damaged")
@State
public class NewerEntryTest {
    private final SmallIndex index = new SmallIndex();
    private final long slot;

    public NewerEntryTest() {
        index.entry(1, 1, 0);
        index.edits.addSlot(index.home(), SmallIndex.HASH1, 1);
        slot = index.walk.locate(SmallIndex.ENVIRONMENT, SmallIndex.HASH0, SmallIndex.HASH1);
    }

    @Actor
    public void writer() {
        index.entry(2, 2, 1);
        index.edits.swingSlot(slot, 2);
    }

    @Actor
    public void reader(final I_Result result) {
        result.r1 = index.newest();
    }
}
