package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.command.Glob;
import java.util.List;

/** Which keys may use the fallback. Immutable. */
final class KeyPatterns {
    private final List<Glob> globs;
    private final boolean all;

    KeyPatterns(List<String> patterns) {
        this.globs = patterns.stream().map(Glob::new).toList();
        this.all = globs.stream().anyMatch(Glob::isAll);
    }

    boolean allow(byte[] key) {
        if (all) {
            return true;
        }
        for (Glob glob : globs) {
            if (glob.matches(key)) {
                return true;
            }
        }
        return false;
    }
}
