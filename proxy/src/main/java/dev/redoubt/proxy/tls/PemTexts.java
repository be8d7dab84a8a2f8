package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one side held when they were read: two of them are equal if nothing has changed. Immutable.
 *
 * @param keyPassword without the line's end
 */
record PemTexts(
        @Nullable String ca,
        @Nullable String certificate,
        @Nullable String key,
        @Nullable String keyPassword) {
    /** Blocks on the files. */
    static PemTexts read(TlsFiles files) throws TlsProblem {
        String password = text(files.keyPassword());
        return new PemTexts(
                text(files.ca()),
                text(files.certificate()),
                text(files.key()),
                password == null ? null : password.strip());
    }

    private static @Nullable String text(@Nullable Path file) throws TlsProblem {
        try {
            return file == null ? null : Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsProblem(file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Nothing of a private key goes into a log. */
    @Override
    public String toString() {
        return "PEM texts";
    }
}
