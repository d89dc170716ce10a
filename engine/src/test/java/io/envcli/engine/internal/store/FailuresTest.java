package io.envcli.engine.internal.store;

import io.envcli.engine.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class FailuresTest {
    private static final Path STORE = Path.of("store");

    /** {@return both forms in which the JDK tells it} */
    static List<Exception> readOnly() {
        return List.of(new ReadOnlyFileSystemException(),
                new FileSystemException("store/lock", null, "Read-only file system"));
    }

    @ParameterizedTest
    @MethodSource("readOnly")
    void aReadOnlyDiskComesWithWhatToDo(final Exception thrown) {
        final StoreException failure = Failures.of(STORE, thrown);
        assertEquals(StoreException.Kind.IO, failure.kind());
        assertEquals("store: the disk is read-only; mount it for writing, or name another folder",
                failure.getMessage());
    }

    @Test
    void anotherFailureOfTheFileSystemKeepsItsWords() {
        final IOException thrown = new FileSystemException("store/lock", null, "Too many levels of symbolic links");
        assertEquals("store/lock: Too many levels of symbolic links", Failures.of(STORE, thrown).getMessage());
    }
}
