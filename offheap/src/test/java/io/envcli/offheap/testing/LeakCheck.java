package io.envcli.offheap.testing;

import io.envcli.offheap.OffHeap;
import io.envcli.offheap.Owner;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.EnumMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** JUnit extension that fails a test which leaves memory outside the heap allocated or mapped, naming the owner. */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
    private Map<Owner, Long> before = Map.of();

    @Override
    public void beforeEach(final ExtensionContext context) {
        before = bytes();
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        assertEquals(before, bytes(), "memory outside the heap, bytes by owner, before and after the test");
    }

    private static Map<Owner, Long> bytes() {
        final Map<Owner, Long> bytes = new EnumMap<>(Owner.class);
        for (final Owner owner : Owner.values()) {
            bytes.put(owner, OffHeap.bytes(owner));
        }
        return bytes;
    }
}
