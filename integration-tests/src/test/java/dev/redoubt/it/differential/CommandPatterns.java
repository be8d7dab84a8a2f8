package dev.redoubt.it.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** All that {@code commands.txt} lists, each as often as its weight. Immutable. */
final class CommandPatterns {
    private static final String FILE = "commands.txt";

    private final List<CommandPattern> weighted;

    private CommandPatterns(List<CommandPattern> weighted) {
        this.weighted = weighted;
    }

    static CommandPatterns load() {
        try (InputStream in = CommandPatterns.class.getResourceAsStream(FILE)) {
            List<CommandPattern> weighted = new ArrayList<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("@differs"))
                    .map(CommandPattern::parse)
                    .forEach(pattern -> {
                        for (int i = 0; i < pattern.weight(); i++) {
                            weighted.add(pattern);
                        }
                    });
            return new CommandPatterns(weighted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CommandPatterns where(Predicate<CommandPattern> condition) {
        return new CommandPatterns(weighted.stream().filter(condition).toList());
    }

    CommandPattern any(Random random) {
        return weighted.get(random.nextInt(weighted.size()));
    }
}
