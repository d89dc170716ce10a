package io.envcli.cli;

/**
 * Ends a command with a message for the user: what, where, and what to do.
 *
 * <p>The message is shown as it is, so it never holds the value of a variable.
 */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    private CommandException(final ExitStatus status, final String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /**
     * The answer is no.
     *
     * @param message what was not found, or not so.
     * @return the exception, to be thrown.
     */
    static CommandException no(final String message) {
        return new CommandException(ExitStatus.NO, message);
    }

    /**
     * Wrong usage or a failure.
     *
     * @param message what, where, and what to do.
     * @return the exception, to be thrown.
     */
    static CommandException failed(final String message) {
        return new CommandException(ExitStatus.FAILED, message);
    }

    /** {@return the status to end with} */
    ExitStatus status() {
        return status;
    }

    /** {@return the message; never null here} */
    String text() {
        return String.valueOf(getMessage());
    }
}
