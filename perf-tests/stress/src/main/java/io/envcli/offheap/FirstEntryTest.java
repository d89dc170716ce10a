package io.envcli.offheap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A variable gets its first entry: a slot is added to its bucket, which is whole before, meanwhile and after. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "there, and its check holds")
@Outcome(expect = Expect.FORBIDDEN, desc = "taken for damaged, or half an entry")
@State
public class FirstEntryTest {
    private final SmallIndex index = new SmallIndex();

    @Actor
    public void writer() {
        index.entry(1, 1, 0);
        index.edits.addSlot(index.home(), SmallIndex.HASH1, 1);
    }

    @Actor
    public void reader(final I_Result result) {
        result.r1 = index.newest();
    }
}
