package io.envcli.offheap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import static io.envcli.offheap.HashIndexDescriptor.LAST_VERSION;

/**
 * A transaction commits: whoever sees its version in the header sees what it has set, and the whole record of its commit; whoever
 * sees the version before sees what was set before, even if the newer entry is there already.
 */
@JCStressTest
@Outcome(id = {"1, 1", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "a version and what it has set")
@Outcome(expect = Expect.FORBIDDEN, desc = "a version without what it has set, or with what it has not")
@State
public class CommitTest {
    private final SmallIndex index = new SmallIndex();
    private final HashIndexReader reader = new HashIndexReader(index.walk, 0, false);
    private final long slot;

    public CommitTest() {
        index.edits.open(1, 1);
        index.entry(1, 1, 0);
        index.edits.addSlot(index.home(), SmallIndex.HASH1, 1);
        slot = index.walk.locate(SmallIndex.ENVIRONMENT, SmallIndex.HASH0, SmallIndex.HASH1);
        index.edits.end(1, 1, 16, 1);
        index.edits.number(LAST_VERSION, 1);
        index.edits.open(2, 2);
    }

    @Actor
    public void writer() {
        index.entry(2, 2, 1);
        index.edits.swingSlot(slot, 2);
        index.edits.end(2, 2, 32, 2);
        index.edits.number(LAST_VERSION, 2);
    }

    @Actor
    public void reader(final II_Result result) {
        final int version = (int) reader.lastVersion();
        result.r1 = version;
        result.r2 = version > 0 && reader.timeMillis(version) == version ? index.visible(version)
                : HashIndexWalk.DAMAGED;
    }
}
