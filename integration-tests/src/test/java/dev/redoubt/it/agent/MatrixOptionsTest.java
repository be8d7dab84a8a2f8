package dev.redoubt.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.agent.ClientVersion.SourceFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixOptionsTest {
    private static final String LINE =
            "lettuce-4.5.0 | a:b:4.5.0 c:d:1 | lettuce=com.other lettuce-rxjava | 30 | 8 | some-host | ci";

    @Test
    void namesChooseVersions() {
        ClientVersion version = ClientVersion.parse(LINE).get(0);

        assertTrue(MatrixOptions.parse().takes(version));
        assertTrue(MatrixOptions.parse("jedis", "lettuce-4").takes(version));
        assertFalse(MatrixOptions.parse("jedis").takes(version));
    }

    @Test
    void onlyAllVersionsAreTheWhole() {
        assertTrue(MatrixOptions.parse("--jobs", "2").isWhole());
        assertFalse(MatrixOptions.parse("jedis").isWhole());
        assertTrue(MatrixOptions.parse("--java", "17").isWhole());
        assertFalse(MatrixOptions.parse("--without").isWhole());
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> MatrixOptions.parse("--java"));
        assertThrows(IllegalArgumentException.class, () -> MatrixOptions.parse("--jobs", "0"));
        assertThrows(IllegalArgumentException.class, () -> MatrixOptions.parse("--no-such-option"));
    }

    @Test
    void linesOfTheListAreRead() {
        ClientVersion expected = new ClientVersion(
                "lettuce-4.5.0",
                List.of("a:b:4.5.0", "c:d:1"),
                List.of(new SourceFolder("lettuce", "com.other"), new SourceFolder("lettuce-rxjava", "")),
                30,
                8,
                "some-host",
                true);

        assertEquals(List.of(expected), ClientVersion.parse("# a comment\n\n" + LINE + "\n"));
        assertThrows(IllegalArgumentException.class, () -> ClientVersion.parse("too | few"));
    }

    @Test
    void lettuceHasTheNameThatTheFolderSays() {
        String source = "import io.lettuce.core.RedisClient;";

        assertEquals(
                "import com.other.RedisClient;",
                SourceFolder.parse("lettuce=com.other").adapted(source));
        assertEquals(source, SourceFolder.parse("lettuce").adapted(source));
    }

    @Test
    void theListOfTheRepositoryIsWhole() {
        List<ClientVersion> all = ClientVersion.all();

        assertEquals(
                all.size(), all.stream().map(ClientVersion::name).distinct().count());
        assertTrue(all.stream().filter(ClientVersion::inCi).count() >= 7);
    }
}
