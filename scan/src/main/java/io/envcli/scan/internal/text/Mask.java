package io.envcli.scan.internal.text;

/** What a byte of a file belongs to. A plain string literal is a run of OPEN, then STRING or nothing, then CLOSE. */
public final class Mask {
    /** Code; also what is between the braces of {@code `${…}`}. */
    public static final byte CODE = 0;
    /** A comment. */
    public static final byte COMMENT = 1;
    /** Inside a string. */
    public static final byte STRING = 2;
    /** What begins a string: its quotes, and letters before them. */
    public static final byte OPEN = 3;
    /** What ends a string. */
    public static final byte CLOSE = 4;
    /** Inside a string of a shell, where variables still stand for their values, and nothing else is code. */
    public static final byte ACTIVE = 5;

    private Mask() {}
}
