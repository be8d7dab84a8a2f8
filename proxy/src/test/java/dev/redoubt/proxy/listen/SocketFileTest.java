package dev.redoubt.proxy.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.SocketSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What needs no socket; UnixSocketIT has the rest. A plain file stands for the one that bind makes. */
@DisabledOnOs(OS.WINDOWS)
class SocketFileTest {
    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("redoubt.sock");
    }

    private SocketFile file(@Nullable String owner, @Nullable String group) {
        return new SocketFile(
                path(), new SocketSettings(List.of(), PosixFilePermissions.fromString("rwxrwx---"), owner, group));
    }

    @Test
    void freePathIsTaken() throws SocketTrouble {
        file(null, null).makeRoom();

        assertFalse(Files.exists(path()));
    }

    @Test
    void otherFileIsLeftAlone() throws IOException {
        Files.writeString(path(), "mine");

        SocketTrouble trouble = assertThrows(SocketTrouble.class, file(null, null)::makeRoom);

        assertEquals("there is a file of that name that is no socket, and it is left alone", trouble.getMessage());
        assertEquals("mine", Files.readString(path()));
    }

    @Test
    void missingDirectoryIsNamed() {
        SocketFile file = new SocketFile(
                directory.resolve("nowhere/redoubt.sock"), new SocketSettings(List.of(), Set.of(), null, null));

        SocketTrouble trouble = assertThrows(SocketTrouble.class, file::makeRoom);

        assertEquals("there is no directory " + directory.resolve("nowhere"), trouble.getMessage());
    }

    @Test
    void modeIsSet() throws IOException, SocketTrouble {
        Files.createFile(path());

        file(null, null).handOver();

        assertEquals("rwxrwx---", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    }

    @Test
    void ownerThatCannotBeSetIsNamedWithTheSetting() throws IOException {
        Files.createFile(path());

        SocketTrouble trouble = assertThrows(SocketTrouble.class, file("no-such-user", null)::handOver);

        assertTrue(trouble.getMessage().startsWith("its owner cannot be changed: "), trouble.getMessage());
        assertTrue(trouble.getMessage().endsWith(" (see socket.owner)"), trouble.getMessage());
    }

    @Test
    void ownFileIsRemovedOnce() throws IOException, SocketTrouble {
        Files.createFile(path());
        SocketFile file = file(null, null);
        file.handOver();

        file.remove();
        file.remove();

        assertFalse(Files.exists(path()));
    }

    @Test
    void fileThatTookItsPlaceStays() throws IOException, SocketTrouble {
        Files.createFile(path());
        SocketFile file = file(null, null);
        file.handOver();
        Path another = Files.createFile(directory.resolve("another"));
        Files.delete(path());
        Files.move(another, path());

        file.remove();

        assertTrue(Files.exists(path()));
    }
}
