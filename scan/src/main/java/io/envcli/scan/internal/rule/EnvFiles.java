package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.rule.Match.NamedFile;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a key of YAML that names files: a path, a list of paths, or of mappings with {@code path} and
 * {@code required}, in block or flow style. A path that is made of variables is left out.
 */
final class EnvFiles {
    private static final int MOST_LINES = 400;
    private static final int LONGEST_LINE = 1_024;
    private static final Pattern ITEM = Pattern.compile("\\{([^{}]*)}|\"([^\"]*)\"|'([^']*)'|([^,\\[\\]{}\"']+)");
    private static final Pattern ENTRY = Pattern
            .compile("(?:^|[,\\s])(path|required)\\s*:\\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]+))");
    /** What begins no plain path: an alias, an anchor, a tag, a block. */
    private static final String NO_PATH = "*&!|>";

    private final Source source;
    private final List<NamedFile> into;
    /** Of the mapping that is being read. */
    private @Nullable String path;
    private boolean isRequired = true;

    private EnvFiles(final Source source, final List<NamedFile> into) {
        this.source = source;
        this.into = into;
    }

    /** Reads the value that begins here, after the colon of its key; nothing is added where it names none. */
    static void parse(final Source source, final int from, final List<NamedFile> into) {
        final EnvFiles files = new EnvFiles(source, into);
        final String value = files.line(from);
        if (value.isEmpty()) {
            files.block(from);
        } else if (value.charAt(0) == '[') {
            files.flow(from);
        } else {
            files.add(unquoted(value), true);
        }
    }

    /** To the end of the line or the comment on it. */
    private String line(final int from) {
        final int limit = Math.min(source.text().lineEnd(from), from + LONGEST_LINE);
        int end = from;
        while (end < limit && source.isCode(end)) {
            end++;
        }
        return source.text().string(from, end).strip();
    }

    private void block(final int from) {
        final int key = source.indentation(source.text().lineStart(from));
        int line = source.text().lineEnd(from) + 1;
        for (int i = 0; i < MOST_LINES && line < source.text().length(); i++) {
            final int indentation = source.indentation(line);
            final String content = line(line);
            if (!content.isEmpty()) {
                final boolean isItem = content.startsWith("- ");
                if (indentation < key || (indentation == key && !isItem)) {
                    break;
                }
                if (isItem) {
                    endMapping();
                }
                blockLine(isItem ? content.substring(2).strip() : content, isItem);
            }
            line = source.text().lineEnd(line) + 1;
        }
        endMapping();
    }

    private void blockLine(final String content, final boolean isItem) {
        if (content.startsWith("{")) {
            items(content);
        } else if (!entries(content) && isItem) {
            add(unquoted(content), true);
        }
    }

    /** A list between brackets, perhaps on several lines, which may have comments. */
    private void flow(final int from) {
        final StringBuilder list = new StringBuilder();
        int line = from;
        for (int i = 0; i < MOST_LINES && line < source.text().length() && list.indexOf("]") < 0; i++) {
            list.append(line(line)).append(' ');
            line = source.text().lineEnd(line) + 1;
        }
        final int close = list.indexOf("]");
        if (close > 0) {
            items(list.substring(1, close));
        }
    }

    private void items(final String list) {
        final Matcher item = ITEM.matcher(list);
        while (item.find()) {
            if (item.group(1) != null) {
                entries(item.group(1));
                endMapping();
            } else {
                add(first(item, 2), true);
            }
        }
    }

    /** Entries of one mapping; false if there is none. */
    private boolean entries(final String text) {
        final Matcher entry = ENTRY.matcher(text);
        boolean found = false;
        while (entry.find()) {
            found = true;
            final String value = first(entry, 2);
            if (entry.group(1).equals("path")) {
                path = value;
            } else {
                isRequired = !value.equalsIgnoreCase("false");
            }
        }
        return found;
    }

    private void endMapping() {
        if (path != null) {
            add(path, isRequired);
        }
        path = null;
        isRequired = true;
    }

    /** The first group from one on that matched. */
    private static String first(final Matcher matcher, final int from) {
        for (int group = from; group <= matcher.groupCount(); group++) {
            final String text = matcher.group(group);
            if (text != null) {
                return text.strip();
            }
        }
        return "";
    }

    private static String unquoted(final String text) {
        final char quote = text.charAt(0);
        return (quote == '"' || quote == '\'') && text.length() > 1 && text.charAt(text.length() - 1) == quote
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private void add(final String name, final boolean required) {
        if (!name.isEmpty() && name.indexOf('$') < 0 && NO_PATH.indexOf(name.charAt(0)) < 0) {
            into.add(new NamedFile(name, required));
        }
    }
}
