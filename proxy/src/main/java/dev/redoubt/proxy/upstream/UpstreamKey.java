package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;

/** What sessions must have in common to share a connection. Credentials are null where none were given. Immutable. */
public record UpstreamKey(
        int database, int respVersion, @Nullable Credentials credentials) {
    public UpstreamKey withDatabase(int other) {
        return new UpstreamKey(other, respVersion, credentials);
    }

    public UpstreamKey withRespVersion(int other) {
        return new UpstreamKey(database, other, credentials);
    }

    public UpstreamKey withCredentials(@Nullable Credentials other) {
        return new UpstreamKey(database, respVersion, other);
    }
}
