package dev.redoubt.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.Settings;
import dev.redoubt.proxy.config.UserList;
import dev.redoubt.proxy.config.UsersFile;
import dev.redoubt.proxy.lane.TestLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersReloadTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final TestLoop loop = new TestLoop();
    private final List<UserList> lists = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        write("user app on >old\n");
        Settings settings = Settings.of(Map.of("users.mode", "own", "users.file", file().toString()));
        UsersFile file = Objects.requireNonNull(settings.users().file());
        new UsersReload(file, INTERVAL, loop.lane(), Runnable::run, lists::add).start();
    }

    private Path file() {
        return directory.resolve("users");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    @Test
    void whatStaysAsItIsIsNoNews() {
        loop.advance(Duration.ofMinutes(1));

        assertEquals(List.of(), lists);
    }

    @Test
    void whatHasChangedHoldsWhenItIsThereUnchangedASecondTime() throws IOException {
        write("user app on >new\n");
        loop.advance(INTERVAL);
        assertEquals(List.of(), lists);

        loop.advance(Duration.ofSeconds(1));

        assertEquals(1, lists.size());
        assertTrue(lists.get(0).accepts("app", "new"));
        loop.advance(Duration.ofMinutes(1));
        assertEquals(1, lists.size());
    }

    @Test
    void halfAFileClosesNobodysConnection() throws IOException {
        write("user app on >old\nuser other on >x\n");
        loop.advance(INTERVAL.plusSeconds(1));
        write("user app on >old\n");
        loop.advance(INTERVAL);
        write("user app on >old\nuser other on >y\n");
        loop.advance(Duration.ofSeconds(2));

        assertEquals(2, lists.size());
        assertTrue(lists.stream().allMatch(list -> list.knows("other")));
    }

    @Test
    void whatCannotBeUsedLeavesTheOldListInForce() throws IOException {
        write("user app on >old nonsense\n");
        loop.advance(Duration.ofMinutes(1));
        Files.delete(file());
        loop.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), lists);

        write("user app on >new\n");
        loop.advance(INTERVAL.plusSeconds(1));

        assertEquals(1, lists.size());
    }
}
