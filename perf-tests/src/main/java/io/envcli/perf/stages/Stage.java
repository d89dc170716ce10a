package io.envcli.perf.stages;

/** What is timed by itself. */
enum Stage {
    /** The text goes into a slab. */
    COPY("copy of the text into a slab"),
    /** Text becomes rows, and what is wrong with it is found. */
    PARSE("parse and validate"),
    /** The keyed hash of each name. */
    NAME_HASH("SipHash of names"),
    /** The keyed hash of each value, as the product does it. */
    FINGERPRINT("BLAKE3 of values"),
    /** The same in plain Java, one after the other. */
    FINGERPRINT_SCALAR("BLAKE3 of values, scalar twin"),
    /** Rows become the plain bytes of a frame. */
    FRAME("building frames"),
    /** The frame is sealed and goes into the journal's file. */
    APPEND("sealing frames and appending them"),
    /** The rows go into the view's index. */
    INDEX("entering rows into the index");

    private final String label;

    Stage(final String label) {
        this.label = label;
    }

    /** {@return what it does, for people} */
    String label() {
        return label;
    }
}
