package dev.redoubt.proxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerInfoTest {
    @ParameterizedTest
    @CsvSource({
        "redis_version:6.2.0, Redis 6.2.0, true",
        "redis_version:6.0.16, Redis 6.0.16, false",
        "redis_version:5.0.14, Redis 5.0.14, false",
        "redis_version:7.0.15, Redis 7.0.15, true",
        "redis_version:10.0.0, Redis 10.0.0, true",
        "redis_version:7.2.4;valkey_version:8.0.1, Valkey 8.0.1, true",
        "redis_version:99999999.x, Redis 99999999.x, false",
        "nothing, Redis unknown, false",
    })
    void versionDecidesSupport(String lines, String shown, boolean isSupported) {
        String text = "# Server\r\n" + lines.replace(";", "\r\n") + "\r\nrun_id:abc\r\n";

        ServerInfo info = new ServerInfo(text.getBytes(StandardCharsets.UTF_8));

        assertEquals(shown, info.product() + " " + info.version());
        assertEquals(isSupported, info.isSupported());
    }
}
