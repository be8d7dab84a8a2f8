package dev.redoubt.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.it.bench.BenchOptions.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionParserTest {
    private static final Path JAR = Path.of("redoubt.jar");

    @Test
    void aLoadWithoutCasesIsLeftOut() {
        BenchOptions options = parse("--cases", "get-c50-p1");
        assertTrue(options.does(Part.LOAD));
        assertFalse(options.does(Part.SESSIONS));
    }

    @Test
    void withoutOptionsEverythingIsMeasuredOftenEnoughToBeWritten() {
        BenchOptions options = parse();
        assertEquals(Set.of(Part.LOAD, Part.SESSIONS, Part.FOOTPRINT), options.parts());
        assertEquals(BenchOptions.ROUNDS_WORTH_WRITING, options.rounds());
        assertEquals(6, options.cases(Part.LOAD).size());
        assertEquals(3, options.cases(Part.SESSIONS).size());
        assertEquals(List.of(Variant.plain("redoubt", JAR)), options.variants());
    }

    @Test
    void tlsIsMeasuredWhenAskedForWithTheCasesOfTheLoad() {
        BenchOptions options = parse("--tls", "--cases", "get-c50-p1,multi-c50-p1");
        assertTrue(options.does(Part.TLS));
        assertFalse(options.does(Part.LOAD));
        assertEquals(List.of(BenchCase.parse("get-c50-p1")), options.cases(Part.TLS));
        assertThrows(IllegalArgumentException.class, () -> parse("--tls", "--write", "--rounds", "3"));
    }

    @Test
    void optionsOfOneNameDescribeOneVariant() {
        BenchOptions options = parse("--variant", "nio=--transport nio", "--variant-jvm=nio=-Xmx64m  -XX:+UseSerialGC");
        assertEquals(2, options.variants().size());
        Variant nio = options.variants().get(1);
        assertEquals(List.of("--transport", "nio"), nio.arguments());
        assertEquals(List.of("-Xmx64m", "-XX:+UseSerialGC"), nio.jvmFlags());
        assertEquals(JAR, nio.jar());
    }

    @Test
    void twoBuildsCanBeComparedWithoutTheOneInTheTree() {
        BenchOptions options = parse("--skip", "redoubt", "--jar", "before=a.jar", "--jar", "after=b.jar");
        assertEquals(
                List.of("before", "after"),
                options.variants().stream().map(Variant::name).toList());
    }

    @Test
    void quickRunsAreShorterButMayBeToldTheirRounds() {
        BenchOptions options = parse("--quick", "--rounds", "5", "--cases", "get-c50-p1-n30000");
        assertEquals(5, options.rounds());
        assertEquals(1, options.warmupRounds());
        assertEquals(new BenchCase("get", 50, 1, 10_000), options.cases().get(0));
    }

    @Test
    void runningEndpointsComeWithTheirRedis() {
        BenchOptions options = parse("--redis", "7500:11", "--endpoint", "mine=7600:12", "--endpoint", "other=7601");
        assertEquals(
                List.of(
                        new Endpoint("mine", 7600, OptionalLong.of(12)),
                        new Endpoint("other", 7601, OptionalLong.empty())),
                options.running());
        assertTrue(options.redis().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--unknown",
                "--rounds",
                "--rounds many",
                "--rounds 0",
                "--cases get",
                "--jar path",
                "--skip nobody",
                "--endpoint mine=7600:12",
                "--redis 7500",
                "--quick --write"
            })
    void wrongOptionsAreRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> parse(line.split(" ")));
    }

    private static BenchOptions parse(String... arguments) {
        return new OptionParser(JAR).parse(arguments);
    }
}
