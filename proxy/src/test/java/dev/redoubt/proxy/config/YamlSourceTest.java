package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSourceTest {
    @TempDir
    Path directory;

    @Test
    void nestedMappingsAndDottedKeysAreTheSame() {
        Settings settings = settings("""
                listen:
                  - 127.0.0.1:7000
                  - "[::1]:7000"
                admin: off
                upstream:
                  url: redis://redis.example/2
                  password: 12345
                  stall-limit: 5s
                backlog.max-bytes: 1MB
                fallback: {keys: ["a,b:*", c], max-bytes: 1MB}
                """);

        assertEquals(List.of(new HostPort("127.0.0.1", 7000), new HostPort("::1", 7000)), settings.listen());
        assertNull(settings.admin());
        assertEquals("redis://:***@redis.example:6379/2", settings.upstream().masked());
        assertEquals("12345", settings.upstream().password());
        assertEquals(Duration.ofSeconds(5), settings.upstream().stallLimit());
        assertEquals(1 << 20, settings.backlog().maxBytes());
        assertEquals(List.of("a,b:*", "c"), settings.fallback().keys());
    }

    @Test
    void listMayBeOneValue() {
        assertEquals(
                List.of(new HostPort("127.0.0.1", 7000)),
                settings("listen: 127.0.0.1:7000").listen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "---\n", "{}"})
    void emptyFileChangesNothing(String text) {
        assertEquals(new ConfigurationSources().settings(), settings(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "yes", "true", "True", "1"})
    void truthHasItsUsualSpellings(String text) {
        assertTrue(settings("insecure-bind: " + text).insecureBind());
    }

    private Settings settings(String text) {
        return new ConfigurationSources().file(directory, text).settings();
    }
}
