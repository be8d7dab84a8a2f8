package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.command.CommandIndex;
import dev.redoubt.proxy.lockscript.LockScripts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of the store by name. Immutable once made. */
final class CommandSet {
    private final Map<String, Registered> commands = new HashMap<>();
    private final CommandIndex<Registered> index;

    /**
     * @param arity arguments with the name; negative: at least so many
     * @param inOutage false: only while no upstream was ever seen
     */
    record Registered(int arity, boolean inOutage, StoreCommand command) {
        boolean takes(int arguments) {
            return arity >= 0 ? arguments == arity : arguments >= -arity;
        }
    }

    CommandSet(LockScripts scripts) {
        ReadCommands.register(this);
        WriteCommands.register(this);
        ExpiryCommands.register(this);
        CounterCommands.register(this);
        HashCommands.register(this);
        SetCommands.register(this);
        ListCommands.register(this);
        ListEdits.register(this);
        KeyspaceCommands.register(this);
        new ScriptCommands(scripts).register(this);
        index = new CommandIndex<>(commands);
    }

    /** By its name in any case. */
    @Nullable
    Registered find(byte[] name) {
        return index.find(name);
    }

    void always(String name, int arity, StoreCommand command) {
        commands.put(name.toLowerCase(Locale.ROOT), new Registered(arity, true, command));
    }

    void memoryOnly(String name, int arity, StoreCommand command) {
        commands.put(name.toLowerCase(Locale.ROOT), new Registered(arity, false, command));
    }
}
