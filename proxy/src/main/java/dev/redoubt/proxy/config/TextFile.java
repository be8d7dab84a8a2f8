package dev.redoubt.proxy.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a setting names. Blocks on it. Stateless. */
final class TextFile {
    /** Whoever names a larger one has named the wrong one; it is not read into memory to find that out. */
    private static final long LARGEST_BYTES = 1L << 20;

    private TextFile() {}

    /** All of it; the exception says what keeps it from being read. */
    static String read(String file) throws BadValue {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new BadValue("is a directory");
            }
            if (Files.size(path) > LARGEST_BYTES) {
                throw new BadValue("is larger than 1 MB");
            }
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new BadValue("does not exist");
        } catch (AccessDeniedException e) {
            throw new BadValue("may not be read by this user");
        } catch (MalformedInputException e) {
            throw new BadValue("is not UTF-8 text");
        } catch (InvalidPathException e) {
            throw new BadValue("is no path");
        } catch (IOException e) {
            throw new BadValue("cannot be read: " + e.getMessage());
        }
    }
}
