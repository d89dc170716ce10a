package io.envcli.engine;

/** How a store is opened for reading. */
enum ReadAccess {
    /** Healed, and refused if it was put back to an older state. */
    ORDINARY,
    /** Healed, whatever state it was put back to. */
    OLDER,
    /** Healed, and what is whole of it if it is damaged. */
    SALVAGED,
    /** As {@link StoreReader#openAsItIs} says. */
    AS_IT_IS
}
