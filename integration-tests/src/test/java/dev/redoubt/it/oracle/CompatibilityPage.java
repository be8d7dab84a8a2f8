package dev.redoubt.it.oracle;

import dev.redoubt.it.bench.MarkedSection;
import dev.redoubt.it.command.CommandsChapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parts of docs/compatibility.md that come from the code: the commands, and the tests that do not pass. {@code ./dev docs}
 * runs this. Figures come from {@code ./dev oracle --record}. Stateless.
 */
public final class CompatibilityPage {
    static final String PAGE = "docs/compatibility.md";

    private static final MarkedSection COMMANDS = new MarkedSection("commands");
    private static final MarkedSection EXCEPTIONS = new MarkedSection("exceptions");

    private CompatibilityPage() {}

    /** @param arguments the page, which is written anew */
    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]);
        Files.writeString(page, renewed(Files.readString(page)));
    }

    /** A page with its parts as the code is now. */
    static String renewed(String page) {
        String exceptions = exceptions(TestList.load(TestList.EXCEPTIONS));
        return COMMANDS.replaceIn(EXCEPTIONS.replaceIn(page, exceptions), CommandsChapter.markdown());
    }

    static String exceptions(TestList exceptions) {
        if (exceptions.reasons().isEmpty()) {
            return "None.";
        }
        Map<String, Map<String, List<String>>> units = exceptions.reasons().entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().unit(),
                        LinkedHashMap::new,
                        Collectors.groupingBy(
                                Map.Entry::getValue,
                                LinkedHashMap::new,
                                Collectors.mapping(entry -> entry.getKey().inUnit(), Collectors.toList()))));
        StringBuilder out = new StringBuilder();
        units.forEach((unit, reasons) -> {
            out.append("\n**").append(unit).append("**\n\n");
            reasons.forEach((reason, tests) -> out.append(entry(reason, tests)));
        });
        return out.toString();
    }

    private static String entry(String reason, List<String> tests) {
        return tests.stream()
                .map(test -> "  - `" + test.replace('`', '\'') + "`\n")
                .collect(Collectors.joining("", "- " + reason + "\n", ""));
    }
}
