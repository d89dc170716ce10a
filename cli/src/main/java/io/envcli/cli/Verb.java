package io.envcli.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verbs, in the order of the help. */
enum Verb {
    /** See {@link ImportCommand}. */
    IMPORT("import"),
    /** See {@link ParseCommand}. */
    PARSE("parse"),
    /** See {@link PutCommand}. */
    PUT("put"),
    /** See {@link UnsetCommand}. */
    UNSET("unset"),
    /** See {@link GetCommand}. */
    GET("get"),
    /** See {@link ListCommand}. */
    LIST("list"),
    /** See {@link ExportCommand}. */
    EXPORT("export"),
    /** See {@link RunCommand}. */
    RUN("run"),
    /** See {@link DiffCommand}. */
    DIFF("diff"),
    /** See {@link HistoryCommand}. */
    HISTORY("history"),
    /** See {@link LogCommand}. */
    LOG("log"),
    /** See {@link RollbackCommand}. */
    ROLLBACK("rollback"),
    /** See {@link ScanCommand}. */
    SCAN("scan"),
    /** See {@link VerifyCommand}. */
    VERIFY("verify"),
    /** See {@link BackupCommand}. */
    BACKUP("backup"),
    /** See {@link RestoreCommand}. */
    RESTORE("restore"),
    /** See {@link RekeyCommand}. */
    REKEY("rekey"),
    /** See {@link StatusCommand}. */
    STATUS("status"),
    /** See {@link DoctorCommand}. */
    DOCTOR("doctor"),
    /** See {@link CompletionCommand}. */
    COMPLETION("completion");

    private final String word;

    Verb(final String word) {
        this.word = word;
    }

    /** {@return the word as typed} */
    String word() {
        return word;
    }

    /** {@return the command; only its own class is loaded} */
    Command command() {
        return switch (this) {
            case IMPORT -> new ImportCommand();
            case PARSE -> new ParseCommand();
            case PUT -> new PutCommand();
            case UNSET -> new UnsetCommand();
            case GET -> new GetCommand();
            case LIST -> new ListCommand();
            case EXPORT -> new ExportCommand();
            case RUN -> new RunCommand();
            case DIFF -> new DiffCommand();
            case HISTORY -> new HistoryCommand();
            case LOG -> new LogCommand();
            case ROLLBACK -> new RollbackCommand();
            case SCAN -> new ScanCommand();
            case VERIFY -> new VerifyCommand();
            case BACKUP -> new BackupCommand();
            case RESTORE -> new RestoreCommand();
            case REKEY -> new RekeyCommand();
            case STATUS -> new StatusCommand();
            case DOCTOR -> new DoctorCommand();
            case COMPLETION -> new CompletionCommand();
        };
    }

    /**
     * Finds a verb.
     *
     * @param word as typed.
     * @return the verb, if there is one.
     */
    static Optional<Verb> of(final String word) {
        for (final Verb verb : values()) {
            if (verb.word.equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }

    /** {@return all verbs as typed} */
    static List<String> words() {
        final List<String> words = new ArrayList<>();
        for (final Verb verb : values()) {
            words.add(verb.word);
        }
        return words;
    }
}
