package dev.redoubt.proxy.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who clients are. Immutable.
 *
 * @param file where the proxy's own users are listed, and who they were at the start; null where Redis checks clients' passwords
 * @param reloadInterval between looks at the file
 */
public record UsersSettings(@Nullable UsersFile file, Duration reloadInterval) {
    public UsersSettings {
        Require.positive("reloadInterval", reloadInterval);
    }
}
