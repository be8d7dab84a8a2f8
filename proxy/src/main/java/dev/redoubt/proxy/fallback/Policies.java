package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.command.Glob;
import dev.redoubt.proxy.config.FallbackRule;
import java.util.List;

/** Which rule a key comes under: the first whose pattern matches. Immutable. */
final class Policies {
    private record Entry(Glob glob, FallbackRule rule) {}

    private final KeyPatterns allowed;
    private final List<Entry> entries;

    /** The last rule matches every key. */
    Policies(FallbackSettings settings) {
        this.allowed = new KeyPatterns(settings.keyPatterns());
        this.entries = settings.rules().stream()
                .map(rule -> new Entry(new Glob(rule.keys()), rule))
                .toList();
    }

    FallbackRule of(byte[] key) {
        if (!allowed.allow(key)) {
            return FallbackRule.nothing();
        }
        for (Entry entry : entries) {
            if (entry.glob().isAll() || entry.glob().matches(key)) {
                return entry.rule();
            }
        }
        return FallbackRule.nothing();
    }
}
