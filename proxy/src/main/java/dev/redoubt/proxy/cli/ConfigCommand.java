package dev.redoubt.proxy.cli;

import dev.redoubt.proxy.config.Effective;
import dev.redoubt.proxy.config.Group;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code config}: every setting as it is in force, one a line, so that the list can be searched and compared. Stateless. */
final class ConfigCommand {
    /** A longer cell takes the room that it needs, and the rest of its line moves. */
    private static final int WIDEST_COLUMN = 44;

    private final Terminal terminal;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(List<Effective> settings) {
        String format = "  %-" + width(settings, setting -> setting.setting().key())
                + "s  %-" + width(settings, Effective::value)
                + "s  %-" + width(settings, Effective::source) + "s  %s%n";
        Map<Group, List<Effective>> chapters = settings.stream()
                .collect(
                        Collectors.groupingBy(setting -> setting.setting().group(), TreeMap::new, Collectors.toList()));
        chapters.forEach((group, members) -> {
            terminal.out().println(group.title());
            members.forEach(member -> terminal.out()
                    .printf(format, member.setting().key(), member.value(), member.source(), allowed(member)));
        });
        return ExitCode.OK;
    }

    private static String allowed(Effective setting) {
        return setting.setting().kind() + ": " + setting.setting().allowed();
    }

    private static int width(List<Effective> settings, Function<Effective, String> cell) {
        int widest = settings.stream().map(cell).mapToInt(String::length).max().orElse(1);
        return Math.max(1, Math.min(WIDEST_COLUMN, widest));
    }
}
