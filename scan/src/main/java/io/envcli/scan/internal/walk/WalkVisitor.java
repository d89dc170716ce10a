package io.envcli.scan.internal.walk;

import java.util.function.BiConsumer;

/** Is shown what one thread of a walk finds. Threading: one thread at a time; every thread of a walk has its own. */
public interface WalkVisitor {
    /**
     * A file.
     *
     * @param file to be read.
     */
    void file(FoundFile file);

    /** {@return where what cannot be read is told: its name as shown, and why} */
    BiConsumer<String, String> problems();
}
