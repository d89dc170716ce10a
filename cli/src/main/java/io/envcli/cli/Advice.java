package io.envcli.cli;

import io.envcli.engine.StoreException;

/**
 * What somebody at a command line can do about a failure of the engine: which option or variable decides. The engine itself
 * names none, since a service that embeds it has other ways to say so.
 */
final class Advice {
    /** What a byte of a path is read as that is not UTF-8. */
    private static final char UNDECODED = '\uFFFD';

    private Advice() {}

    /**
     * A failure's message with what to do.
     *
     * @param call that failed.
     * @param e    the failure.
     * @return for a person.
     */
    static String message(final Call call, final StoreException e) {
        final String message = String.valueOf(e.getMessage());
        final String advice = switch (e.kind()) {
            case KEY -> "key file: " + call.keyFileOrigin() + "; " + CommonOptions.KEY_FILE
                    + " or ENV_CLI_KEY_FILE names another";
            case NOT_A_STORE -> CommonOptions.STORE + " names another";
            default -> call.verb() == Verb.IMPORT && !call.has(CommonOptions.ENV) ? ofImport(message) : "";
        };
        return advice.isEmpty() ? message : message + " (" + advice + ")";
    }

    /** It is the path that names the environment, unless the option does. */
    private static String ofImport(final String message) {
        if (message.indexOf(UNDECODED) >= 0) {
            return "env-cli import - --env NAME < FILE";
        }
        return message.contains("environment '") ? CommonOptions.ENV + " names one" : "";
    }
}
