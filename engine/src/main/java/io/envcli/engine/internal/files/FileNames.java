package io.envcli.engine.internal.files;

import java.nio.file.Path;

/** Which file names are dotenv files, and what environment a name stands for. */
final class FileNames {
    private static final String ENV = ".env";
    private static final String SEPARATORS = ".-_";

    private FileNames() {}

    /**
     * Whether a folder's import takes a file of this name: {@code .env}, {@code .env.*}, {@code .env-*}, {@code .env_*} or
     * {@code *.env}.
     *
     * @param name last part of the path.
     * @return true to take it.
     */
    static boolean taken(final String name) {
        return name.endsWith(ENV) || startsAsDotenv(name);
    }

    private static boolean startsAsDotenv(final String name) {
        return name.startsWith(ENV) && name.length() > ENV.length()
                && SEPARATORS.indexOf(name.charAt(ENV.length())) >= 0;
    }

    /**
     * The environment of a file: its folder below the top, plus what follows {@code .env} in its name or stands before it,
     * one leading dot, hyphen or underscore dropped; {@code default} where nothing is left.
     *
     * @param folder of the file, relative to the top; empty at the top.
     * @param name   last part of the path.
     * @return the environment's name, not yet checked.
     */
    static String environment(final Path folder, final String name) {
        final StringBuilder environment = new StringBuilder();
        for (final Path segment : folder) {
            join(environment, segment.toString());
        }
        join(environment, stage(name));
        return environment.isEmpty() ? EnvironmentNames.DEFAULT : environment.toString();
    }

    private static String stage(final String name) {
        final String stage;
        if (startsAsDotenv(name)) {
            stage = name.substring(ENV.length());
        } else if (name.endsWith(ENV)) {
            stage = name.substring(0, name.length() - ENV.length());
        } else {
            stage = "";
        }
        return !stage.isEmpty() && SEPARATORS.indexOf(stage.charAt(0)) >= 0 ? stage.substring(1) : stage;
    }

    private static void join(final StringBuilder path, final String segment) {
        if (segment.isEmpty()) {
            return;
        }
        if (!path.isEmpty()) {
            path.append('/');
        }
        path.append(segment);
    }
}
