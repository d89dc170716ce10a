package io.envcli.offheap.testing;

import io.envcli.offheap.OffHeap;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.lang.reflect.Proxy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LeakCheckTest {
    /** The check asks its context nothing. */
    private static final ExtensionContext CONTEXT = (ExtensionContext) Proxy.newProxyInstance(
            LeakCheckTest.class.getClassLoader(), new Class<?>[]{ExtensionContext.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void failsATestThatLeavesMemory() {
        final LeakCheck check = new LeakCheck();
        check.beforeEach(CONTEXT);
        final long others = OffHeap.bytes(Owner.TEST); // of a test class that keeps some for all its tests
        try (Region leaked = Region.allocate(Owner.TEST, 123)) {
            final AssertionError failure = assertThrows(AssertionError.class, () -> check.afterEach(CONTEXT));
            final String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("TEST=" + (others + leaked.capacity())), message);
        }
        assertDoesNotThrow(() -> check.afterEach(CONTEXT));
    }

    // Closing before the end is what is tested.
    @SuppressWarnings("try")
    @Test
    void failsATestThatFreesWhatIsNotItsOwn() {
        final LeakCheck check = new LeakCheck();
        try (Region others = Region.allocate(Owner.TEST, 123)) {
            check.beforeEach(CONTEXT);
            others.close();
        }
        assertThrows(AssertionError.class, () -> check.afterEach(CONTEXT));
    }
}
