package dev.redoubt.proxy.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.Fallback;
import dev.redoubt.proxy.command.Route;
import dev.redoubt.proxy.lockscript.LockScripts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the command table says of memory is what memory does. */
class FallbackColumnTest {
    @Test
    void commandsOfTheStoreAreThoseOfTheTable() {
        CommandSet store = new CommandSet(new LockScripts());
        TreeSet<String> wrong = new TreeSet<>();
        for (CommandSpec spec : CommandTable.builtIn().specs()) {
            CommandSet.Registered registered =
                    store.find(spec.name().toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
            boolean says = spec.fallback() != Fallback.NONE && spec.fallback() != Fallback.GREETING;
            boolean isContainer = spec.name().equals("script"); // only of its LOAD memory knows something
            boolean tells = spec.route() == Route.SHARED && spec.fallback() != Fallback.GREETING && !isContainer;
            if (tells && says != (registered != null)
                    || registered != null
                            && !registered.inOutage()
                            && says
                            && spec.fallback() != Fallback.MEMORY_ONLY) {
                wrong.add(spec.name());
            }
        }
        assertEquals(new TreeSet<>(), wrong);
    }
}
