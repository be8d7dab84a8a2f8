package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.command.CommandCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table follows what the upstream says, and a server that says nothing leaves it as it is. */
class TableUpdatesTest {
    private static final String GET = "*6\r\n$3\r\nget\r\n:2\r\n*2\r\n+readonly\r\n+fast\r\n:1\r\n:1\r\n:1\r\n";
    private static final String MODULES = "*6\r\n$9\r\nmod.thing\r\n:-2\r\n*1\r\n+write\r\n:1\r\n:1\r\n:1\r\n";

    private final UpstreamFixture fixture = new UpstreamFixture(new ScriptedMemory());
    private final CommandCatalog catalog = new CommandCatalog(UpstreamFixture.TABLE);
    private final List<Runnable> elsewhere = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(String reply) {
        fixture.redis().answerOwn("COMMAND", reply);
        new TableUpdates(fixture.server(), fixture.lane(), catalog, elsewhere::add).start();
        fixture.start();
        readElsewhere();
    }

    private void readElsewhere() {
        List.copyOf(elsewhere).forEach(Runnable::run);
        elsewhere.clear();
        fixture.loop().run();
    }

    private boolean isBuiltIn() {
        return !catalog.table().isFromUpstream();
    }

    @Test
    void modulesCommandsAreKnownAfterTheConnect() {
        start("*2\r\n" + GET + MODULES);

        assertTrue(catalog.table().isFromUpstream());
        assertEquals(
                1, Objects.requireNonNull(catalog.table().find("mod.thing")).firstKey());
        assertFalse(Objects.requireNonNull(catalog.table().find("mget")).isOffered());
    }

    @Test
    void replyIsNotReadOnTheLane() {
        fixture.redis().answerOwn("COMMAND", "*2\r\n" + GET + MODULES);
        new TableUpdates(fixture.server(), fixture.lane(), catalog, elsewhere::add).start();

        fixture.start();

        assertEquals(1, elsewhere.size());
        assertTrue(isBuiltIn());
    }

    @Test
    void serverThatDoesNotTellLeavesTheTable() {
        start("-NOPERM this user has no permissions\r\n");

        assertTrue(isBuiltIn());
    }

    @Test
    void answerThatIsNoRedissLeavesTheTable() {
        start("*1\r\n" + MODULES);

        assertTrue(isBuiltIn());
        assertNotNull(catalog.table().find("mget"));
    }

    @Test
    void moduleThatIsLoadedLaterIsFound() {
        start("*1\r\n" + GET);
        assertNull(catalog.table().find("mod.thing"));
        fixture.redis().answerOwn("COMMAND", "*2\r\n" + GET + MODULES);
        fixture.redis().answerOwn("COMMAND COUNT", ":2\r\n");

        fixture.loop().advance(Duration.ofSeconds(11));
        readElsewhere();

        assertNotNull(catalog.table().find("mod.thing"));
    }

    @Test
    void sameNumberOfCommandsIsNotAskedForAgain() {
        start("*1\r\n" + GET);
        fixture.redis().answerOwn("COMMAND COUNT", ":1\r\n");
        fixture.redis().takeControl();

        fixture.loop().advance(Duration.ofSeconds(21));

        assertEquals(List.of("COMMAND COUNT", "COMMAND COUNT"), fixture.redis().takeControl());
    }
}
