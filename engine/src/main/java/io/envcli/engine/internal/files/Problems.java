package io.envcli.engine.internal.files;

import io.envcli.engine.StoreException;

import java.util.ArrayList;
import java.util.List;

/** Why files cannot be imported: all reasons at once, so that nobody mends one only to be told the next. */
final class Problems {
    private static final int NAMED = 20;
    private static final String NOTHING_IMPORTED = "; nothing was imported";

    private final List<StoreException> problems = new ArrayList<>();

    void add(final StoreException problem) {
        problems.add(problem);
    }

    /** Throws what was added, as one exception; nothing was added, nothing is thrown. */
    void throwAll() {
        if (problems.isEmpty()) {
            return;
        }
        final StoreException first = problems.getFirst();
        if (problems.size() == 1) {
            throw first;
        }
        final StringBuilder message = new StringBuilder("nothing was imported, since ").append(problems.size())
                .append(" files or folders cannot be");
        for (int i = 0; i < Math.min(NAMED, problems.size()); i++) {
            message.append(i == 0 ? ": " : " | ")
                    .append(String.valueOf(problems.get(i).getMessage()).replace(NOTHING_IMPORTED, ""));
        }
        if (problems.size() > NAMED) {
            message.append(" | and ").append(problems.size() - NAMED).append(" more");
        }
        throw new StoreException(first.kind(), message.toString(), first);
    }
}
