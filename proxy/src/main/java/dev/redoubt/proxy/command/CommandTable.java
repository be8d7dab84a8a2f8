package dev.redoubt.proxy.command;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command table: what Redis says about each command (arity, flags, keys) and what we add (route, replay class,
 * fallback). Immutable; a merge makes a new one.
 */
public final class CommandTable {
    private static final String FILE = "commands.txt";

    private final Map<String, CommandSpec> specs;
    private final CommandIndex<CommandSpec> index;
    private final boolean fromUpstream;

    private CommandTable(Map<String, CommandSpec> specs, boolean fromUpstream) {
        this.specs = specs;
        this.index = new CommandIndex<>(specs);
        this.fromUpstream = fromUpstream;
    }

    /** The copy that serves while no upstream has been seen. Reads a resource: once at the start is enough. */
    public static CommandTable builtIn() {
        return new CommandTable(TableFile.parse(text()), false);
    }

    /**
     * The command named by these bytes, in any case; null if there is none. Does not allocate for names up to 24 bytes.
     *
     * @param buf borrowed; its indices stay where they are
     * @param start index of the name's first byte
     * @param length of the name, all of it readable
     */
    public @Nullable CommandSpec find(ByteBuf buf, int start, int length) {
        return index.find(buf, start, length);
    }

    /** The command of that name, in any case. */
    public @Nullable CommandSpec find(byte[] name) {
        return index.find(name);
    }

    /** The command of that name, in any case; a subcommand as {@code client|kill}. */
    public @Nullable CommandSpec find(String name) {
        int bar = name.indexOf('|');
        CommandSpec spec = find(bytes(bar < 0 ? name : name.substring(0, bar)));
        return spec == null || bar < 0 ? spec : spec.subcommand(bytes(name.substring(bar + 1)));
    }

    /** All commands, containers with their subcommands inside, in the order of the table file. */
    public Collection<CommandSpec> specs() {
        return specs.values();
    }

    /** Whether an upstream's own COMMAND reply is merged in, so that a command it does not have is really unknown. */
    public boolean isFromUpstream() {
        return fromUpstream;
    }

    /**
     * A new table in which the upstream's arity, flags and keys win. Commands that only the upstream has are forwarded and
     * never replayed; those that it does not have stay, without being {@linkplain CommandSpec#isOffered() offered}.
     */
    public CommandTable merge(List<UpstreamCommand> upstream) {
        return new CommandTable(UpstreamMerge.merge(specs, upstream), true);
    }

    private static String text() {
        try (InputStream file = CommandTable.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: " + FILE);
            }
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
