package io.envcli.engine.internal.files;

import java.util.Set;

/**
 * Which dotenv files are templates by their names, such as {@code .env.example}: their values stand for those that somebody is
 * to fill in. An import takes them as any other, since some projects keep real defaults there, and says so.
 */
public final class Templates {
    private static final Set<String> WORDS = Set.of("example", "sample", "template", "dist", "skel", "skeleton");

    private Templates() {}

    /**
     * Whether a file is one.
     *
     * @param path of the file, as it is shown.
     * @return true for {@code .env.example}, {@code example.env}, {@code .env.local.example} and their like.
     */
    public static boolean isTemplate(final String path) {
        for (final String word : path.substring(path.lastIndexOf('/') + 1).split("[._-]", -1)) {
            if (WORDS.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
