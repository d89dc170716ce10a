package io.envcli.cli;

/** What a command's end means to the script that started it. */
enum ExitStatus {
    /** Done; there may have been warnings. */
    DONE(0),
    /** The answer is no: not found, differs, something was rejected, verification failed. */
    NO(1),
    /** Wrong usage or a failure, and nothing was changed. */
    FAILED(2),
    /** As a shell has it: a command to be run was found, and cannot be started. */
    NOT_STARTED(126),
    /** As a shell has it: a command to be run was not found. */
    NO_COMMAND(127);

    private final int code;

    ExitStatus(final int code) {
        this.code = code;
    }

    /** {@return the number that the process ends with} */
    int code() {
        return code;
    }
}
