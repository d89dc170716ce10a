package io.envcli.offheap;

/**
 * The chain of the variables of one environment, the one that is inserted into: kept here until it is settled, so that it is
 * written once for many variables.
 *
 * <p>Threading: the one thread that writes.
 */
final class HashIndexChain {
    private final HashIndexWalk walk;
    private final HashIndexEdits edits;
    /** 0 if none. */
    private int environment;
    private long newest;
    private long ever;

    HashIndexChain(final HashIndexWalk walk, final HashIndexEdits edits) {
        this.walk = walk;
        this.edits = edits;
    }

    /** Makes an environment the one that is inserted into; false if it is damaged. */
    boolean open(final int number) {
        if (number == environment && number != 0) {
            return true;
        }
        settle();
        if (number == 0 || !walk.isEnvironment(number)) {
            return false;
        }
        newest = walk.newestVariable(number);
        ever = walk.variablesEver(number);
        final boolean intact = newest >= 0 && ever >= 0;
        environment = intact ? number : 0;
        return intact;
    }

    /** {@return the newest variable's first entry; 0 if there is none} */
    long newest() {
        return newest;
    }

    /** Notes that variables were inserted, the last of them with an entry. */
    void grew(final long entry, final long variables) {
        newest = entry;
        ever += variables;
    }

    /** Writes the chain, before its variables become visible. */
    void settle() {
        if (environment != 0) {
            edits.variables(environment, newest, ever);
            environment = 0;
        }
    }
}
