package dev.redoubt.it.bench;

import java.util.List;
import java.util.Locale;

/** The footprint part of the report, in Markdown. Pure. */
final class FootprintReport {
    private FootprintReport() {}

    static String markdown(List<Footprint> footprints) {
        String table = Markdown.table(
                List.of(
                        "endpoint",
                        "first PONG ms",
                        "first value ms",
                        "at rest MiB",
                        "idle connections",
                        "KiB each, unused",
                        "KiB each, used once"),
                footprints.stream().map(FootprintReport::row).toList());
        List<Verdict> verdicts = footprints.stream()
                .flatMap(footprint -> footprint.verdicts().stream())
                .toList();
        return table + "\n\n### Goals: footprint\n\n" + Markdown.verdicts(verdicts);
    }

    private static List<String> row(Footprint footprint) {
        return List.of(
                footprint.name(),
                millis(footprint.firstPong()),
                millis(footprint.firstValue()),
                tenth(footprint.restMebibytes()),
                String.format(Locale.ROOT, "%,d", footprint.connections()),
                tenth(footprint.kibibytesPerConnected()),
                tenth(footprint.kibibytesPerUsed()));
    }

    private static String millis(Stats.Spread spread) {
        return String.format(Locale.ROOT, "%.0f (%.0f–%.0f)", spread.median(), spread.lower(), spread.upper());
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
