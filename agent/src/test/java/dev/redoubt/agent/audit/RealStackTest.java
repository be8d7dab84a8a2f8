package dev.redoubt.agent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.Shop;
import com.shaded.redis.clients.jedis.Jedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real stacks, of an application that constructs clients in many ways. */
class RealStackTest {
    private final List<Origin> origins = new ArrayList<>();

    @AfterEach
    void forget() {
        Jedis.OBSERVER.remove();
    }

    @Test
    void thisJvmHasAStackWalker() {
        assertTrue(WalkerFrames.orOlder() instanceof WalkerFrames);
    }

    @ParameterizedTest
    @ValueSource(strings = {"walker", "throwable"})
    void everyWayOfConstructionHasItsLine(String kind) throws Throwable {
        Frames frames = kind.equals("walker") ? WalkerFrames.orOlder() : new ThrowableFrames();

        assertLine(frames, "plain", Shop::plain);
        assertLine(frames, "lambda", Shop::lambda);
        assertLine(frames, "methodReference", Shop::methodReference);
        assertLine(frames, "reflection", Shop::reflection);
        assertLine(frames, "anonymous", Shop::anonymous);
        assertLine(frames, "subclass", Shop::subclass);
        assertLine(frames, "holder", Shop::holder);
    }

    @Test
    void membersOfPoolsAndPartsAreToldApart() throws Throwable {
        assertTrue(origin(WalkerFrames.orOlder(), Shop::pooled).isPooled());
        assertFalse(origin(WalkerFrames.orOlder(), Shop::plain).isPooled());
        assertTrue(origin(WalkerFrames.orOlder(), Shop::part).isPart());
        assertEquals("JedisPool", origin(WalkerFrames.orOlder(), Shop::part).kind());
        assertEquals("Jedis", origin(WalkerFrames.orOlder(), Shop::subclass).kind());
    }

    private void assertLine(Frames frames, String marker, Executable application) throws Throwable {
        assertEquals(
                "Shop.java:" + lineOf(marker),
                origin(frames, application).site().name(),
                marker);
    }

    private Origin origin(Frames frames, Executable application) throws Throwable {
        OriginFinder finder = new OriginFinder(frames);
        origins.clear();
        Jedis.OBSERVER.set(made -> origins.add(finder.find(made)));
        application.execute();
        assertEquals(1, origins.size());
        return origins.get(0);
    }

    private static int lineOf(String marker) throws IOException {
        List<String> lines = Files.readAllLines(Paths.get("src/test/java/com/acme/Shop.java"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// " + marker)) {
                return i + 1;
            }
        }
        throw new AssertionError("no line of Shop is marked " + marker);
    }
}
