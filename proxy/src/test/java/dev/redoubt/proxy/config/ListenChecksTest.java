package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenChecksTest {
    private final ConfigurationSources sources = new ConfigurationSources().option(MainSetting.INSECURE_BIND, "true");

    @ParameterizedTest
    @CsvSource({
        "localhost:6380,       127.0.0.1,         true",
        "localhost:6380,       localhost,         true",
        "localhost:6380,       [::1],             true",
        "localhost:6380,       me.example,        true",
        "localhost:6380,       0.0.0.0,           true",
        "localhost:6380,       [::ffff:127.0.0.1], true",
        "localhost:6380,       127.0.0.2,         false",
        "localhost:6380,       192.0.2.10,        false",
        "localhost:6380,       redis.example,     false",
        "localhost:6380,       unknown.example,   false",
        "0.0.0.0:6380,         127.0.0.1,         true",
        "0.0.0.0:6380,         192.0.2.10,        true",
        "0.0.0.0:6380,         host.example,      true",
        "0.0.0.0:6380,         redis.example,     false",
        "[::]:6380,            192.0.2.10,        true",
        "[::]:6380,            0.0.0.0,           true",
        "192.0.2.10:6380,      host.example,      true",
        "192.0.2.10:6380,      127.0.0.1,         false",
    })
    void upstreamThatIsOurselvesIsFound(String listen, String upstreamHost, boolean isOurselves) {
        sources.machine.names.put("me.example", "127.0.0.1");
        sources.machine.names.put("host.example", "192.0.2.10");
        sources.machine.names.put("redis.example", "192.0.2.99");
        sources.option(MainSetting.LISTEN, listen)
                .option(MainSetting.UPSTREAM_URL, "redis://" + upstreamHost + ":6380");

        assertEquals(isOurselves ? 1 : 0, sources.problems().size());
    }

    @Test
    void anotherPortIsNotOursAndNotLookedUp() {
        sources.option(MainSetting.LISTEN, "127.0.0.1:6380").option(MainSetting.ADMIN, "off");
        sources.option(MainSetting.UPSTREAM_URL, "redis://redis.example:6379").settings();

        assertEquals(1, sources.machine.lookUps, "only the listener's own");
    }

    @Test
    void whereClientsMustLogInTheyMayComeFromOtherMachines(@TempDir Path directory) throws IOException {
        Path users = Files.writeString(directory.resolve("users"), "user app on >secret\n");
        ConfigurationSources own =
                new ConfigurationSources().option(UsersSetting.MODE, "own").option(UsersSetting.FILE, users.toString());

        assertEquals(List.of(), own.option(MainSetting.LISTEN, "0.0.0.0:6380").problems());
        assertEquals(1, own.option(MainSetting.ADMIN, "0.0.0.0:8380").problems().size(), "nobody logs in there");
    }

    @Test
    void disabledUpstreamIsNotCompared() {
        sources.environment("REDIS_URL", "redis://localhost:6380").environment("REDIS_DISABLED", "1");

        assertEquals(0, sources.problems().size());
    }
}
