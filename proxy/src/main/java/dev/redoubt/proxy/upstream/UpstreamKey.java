package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What sessions must have in common to share a connection. Credentials are null where none were given, the tenant is nobody where all may. Immutable. */
public record UpstreamKey(
        int database, int respVersion, @Nullable Credentials credentials, Tenant tenant) {
    public UpstreamKey(int database, int respVersion, @Nullable Credentials credentials) {
        this(database, respVersion, credentials, Tenant.NOBODY);
    }

    public UpstreamKey withDatabase(int other) {
        return new UpstreamKey(other, respVersion, credentials, tenant);
    }

    public UpstreamKey withRespVersion(int other) {
        return new UpstreamKey(database, other, credentials, tenant);
    }

    public UpstreamKey withCredentials(@Nullable Credentials other) {
        return new UpstreamKey(database, respVersion, other, tenant);
    }

    /** That session's own connection. */
    public UpstreamKey withTenant(Tenant other) {
        return new UpstreamKey(database, respVersion, credentials, other);
    }

    /** The connection of all who say the same: that of the sessions that have none of their own. */
    public UpstreamKey shared() {
        return withTenant(Tenant.NOBODY);
    }

    /** Appends the commands that make such a connection of one with that key; returns how many. */
    int change(UpstreamKey from, ByteBuf out) {
        int commands = 0;
        if (credentials != null && !Objects.equals(credentials, from.credentials)) {
            RespWriter.command(out, credentials.authArguments());
            commands++;
        }
        if (respVersion != from.respVersion) {
            RespWriter.command(out, "HELLO", Integer.toString(respVersion));
            commands++;
        }
        if (database != from.database) {
            RespWriter.command(out, "SELECT", Integer.toString(database));
            commands++;
        }
        return commands;
    }

    /** The name that such a connection has in CLIENT LIST. */
    String connectionName(String purpose) {
        return "redoubt-" + purpose + "-db" + database + "-resp" + respVersion;
    }

    /** Whether one session has it to itself. */
    public boolean isOwn() {
        return tenant != Tenant.NOBODY;
    }
}
