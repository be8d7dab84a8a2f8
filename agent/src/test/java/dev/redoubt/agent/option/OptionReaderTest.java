package dev.redoubt.agent.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionReaderTest {
    private final Properties properties = new Properties();

    @Test
    void withoutOptionsAllIsRedirectedToTheProxyOnLoopback() throws WrongOptionsException {
        Options options = OptionReader.read(null, properties, Map.of());

        assertEquals(Mode.REDIRECT, options.mode());
        assertEquals("127.0.0.1", options.host(Setting.PROXY));
        assertEquals(6380, options.port(Setting.PROXY));
        assertEquals("fail", options.text(Setting.ON_PROXY_DOWN));
        assertEquals("pass", options.text(Setting.CREDENTIALS));
    }

    @Test
    void argumentsWinOverPropertiesOverEnvironmentOverFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("agent.properties");
        Files.writeString(file, "proxy=f:1\nmode=observe\nreport=exit\nreport.format=json\n");
        properties.setProperty("redoubt.agent.proxy", "p:1");
        properties.setProperty("redoubt.agent.mode", "off");
        properties.setProperty("redoubt.agent.config", file.toString());
        Map<String, String> environment =
                Map.of("REDOUBT_AGENT_PROXY", "e:1", "REDOUBT_AGENT_MODE", "redirect", "REDOUBT_AGENT_REPORT", "both");

        Options options = OptionReader.read("proxy=a:1", properties, environment);

        assertEquals("a:1", options.text(Setting.PROXY));
        assertEquals(Mode.OFF, options.mode());
        assertEquals("both", options.text(Setting.REPORT));
        assertEquals("json", options.text(Setting.REPORT_FORMAT));
    }

    @Test
    void namesOfTheEnvironmentHaveUnderscoresForDotsAndHyphens() throws WrongOptionsException {
        Map<String, String> environment = Map.of(
                "REDOUBT_AGENT_ON_PROXY_DOWN", "direct",
                "REDOUBT_AGENT_REPORT_FAIL_OVER", "7",
                "REDOUBT_AGENT_LOG", "",
                "PATH", "x");

        Options options = OptionReader.read("", properties, environment);

        assertEquals("direct", options.text(Setting.ON_PROXY_DOWN));
        assertEquals(7, options.number(Setting.REPORT_FAIL_OVER));
    }

    @Test
    void numbersAndTimesAreRead() throws WrongOptionsException {
        Options options = OptionReader.read("report.interval=2m,dry-run=true,proxy=[::1]:7000", properties, Map.of());

        assertEquals(120_000, options.millis(Setting.REPORT_INTERVAL));
        assertEquals(-1, options.number(Setting.REPORT_FAIL_OVER));
        assertEquals(true, options.flag(Setting.DRY_RUN));
        assertEquals("::1", options.host(Setting.PROXY));
        assertEquals(7000, options.port(Setting.PROXY));
    }

    @Test
    void allThatIsWrongIsToldInOneLine() {
        properties.setProperty("redoubt.agent.mdoe", "off");
        Map<String, String> environment = Map.of("REDOUBT_AGENT_QUIET", "yes", "REDOUBT_AGENT_NOBODY", "x");

        String message = wrong("proxy=nowhere,mode=sideways,redirect", environment);

        assertEquals(1, message.lines().count(), message);
        for (String part : new String[] {
            "proxy=nowhere: host:port",
            "mode=sideways: one of: redirect observe off",
            "'redirect' is not key=value",
            "no option redoubt.agent.mdoe",
            "quiet=yes: true or false",
            "no option REDOUBT_AGENT_NOBODY"
        }) {
            assertEquals(true, message.contains(part), part + " in " + message);
        }
    }

    @Test
    void valuesThatAreNotOfTheirFormAreRefused() {
        for (String argument : new String[] {
            "proxy=:1",
            "proxy=h:0",
            "proxy=h:65536",
            "proxy=h:1x",
            "report.interval=5",
            "report.interval=s",
            "report.interval=0s",
            "report.interval=-1s",
            "report.fail-over=-1",
            "report.fail-over=9999999999",
            "admin=on",
            "mode=",
            "mode=redirect observe"
        }) {
            assertEquals(true, wrong(argument, Map.of()).startsWith(argument.replaceAll("=.*", "=")), argument);
        }
    }

    @Test
    void sharingIsSaidNotToBeThereYet() {
        assertEquals(
                "mode=share is not there yet (connections that are shared inside the JVM);"
                        + " one of: redirect observe off",
                wrong("mode=share", Map.of()));
        assertEquals(
                "mode=share is not there yet",
                wrong("", Map.of("REDOUBT_AGENT_MODE", "share")).substring(0, 27));
    }

    @Test
    void aFileThatCannotBeReadIsAWrongOption(@TempDir Path directory) throws IOException {
        String message = wrong("config=" + directory.resolve("none"), Map.of());

        assertEquals(true, message.contains("cannot be read"), message);
    }

    private String wrong(String arguments, Map<String, String> environment) {
        return assertThrows(WrongOptionsException.class, () -> OptionReader.read(arguments, properties, environment))
                .getMessage();
    }
}
