package dev.redoubt.proxy.config;

import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Unix sockets where clients connect. Immutable.
 *
 * @param listen in order, each once
 * @param mode who may connect: that takes the right to write
 * @param owner a user's name or number; null for whoever runs the proxy
 * @param group a group's name or number; null for the process's
 */
public record SocketSettings(
        List<SocketPath> listen,
        Set<PosixFilePermission> mode,
        @Nullable String owner,
        @Nullable String group) {
    public SocketSettings {
        listen = List.copyOf(listen);
        mode = Set.copyOf(mode);
    }
}
