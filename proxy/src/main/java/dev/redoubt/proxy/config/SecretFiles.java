package dev.redoubt.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads secrets out of the files that {@code *-file} settings name, as Docker and Kubernetes mount them. What a file says counts as
 * given where the file was named. Blocks on files. Stateless.
 */
final class SecretFiles {
    private static final String SUFFIX = "-file";

    private SecretFiles() {}

    /** The secret that a setting names the file of. */
    static Optional<Setting> secretOf(Setting setting) {
        String key = setting.key();
        return key.endsWith(SUFFIX)
                ? Setting.byKey(key.substring(0, key.length() - SUFFIX.length()))
                        .filter(Setting::isSecret)
                : Optional.empty();
    }

    /** The secrets of all files that were named, and a problem for each that has none. */
    static List<RawValue> read(List<RawValue> given, List<Problem> problems) {
        List<RawValue> secrets = new ArrayList<>();
        for (RawValue file : given) {
            secretOf(file.setting()).ifPresent(secret -> {
                try {
                    requireAlone(secret, file, given);
                    secrets.add(new RawValue(secret, List.of(text(file.items().get(0))), file.source()));
                } catch (BadValue e) {
                    problems.add(Problem.with(file, String.valueOf(e.getMessage())));
                }
            });
        }
        return secrets;
    }

    /** Between sources precedence decides; within one nobody could say which is meant. */
    private static void requireAlone(Setting secret, RawValue file, List<RawValue> given) throws BadValue {
        for (RawValue other : given) {
            boolean isSameRank = other.source().rank() == file.source().rank();
            if (isSameRank && other.setting() == secret) {
                throw new BadValue("is given together with " + other.source().shown() + "; allowed: one of them");
            }
        }
    }

    private static String text(String file) throws BadValue {
        String text = withoutLineEnd(TextFile.read(file));
        if (text.isEmpty()) {
            throw new BadValue("is empty; allowed: a file with the secret in its only line");
        }
        if (text.indexOf('\n') >= 0) {
            throw new BadValue("has several lines; allowed: a file with the secret in its only line");
        }
        return text;
    }

    /** Editors and {@code echo} end a line where the secret has ended. */
    private static String withoutLineEnd(String text) {
        int end = text.endsWith("\r\n") ? text.length() - 2 : text.endsWith("\n") ? text.length() - 1 : text.length();
        return text.substring(0, end);
    }
}
