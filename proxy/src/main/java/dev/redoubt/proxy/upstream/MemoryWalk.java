package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.resp.Arguments;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

/** Goes through the held commands once, in order, when memory begins to answer. Confined to the lane. */
final class MemoryWalk {
    private final CommandLog log;
    private final Supplier<UpstreamKey> key;
    private final MemoryAnswerer memory;

    MemoryWalk(CommandLog log, Supplier<UpstreamKey> key, MemoryAnswerer memory) {
        this.log = log;
        this.key = key;
        this.memory = memory;
    }

    /**
     * Answers what memory can answer. A session of which one command stays keeps all that come after it, and a key that a kept command may write is blocked: nothing is answered out of
     * order. In-doubt reads may be answered: they changed nothing.
     */
    void walk() {
        Set<ReplySink> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
        for (HeldCommand held : log.takeAll(0)) {
            boolean plain = held.kind() == Entry.Kind.RUN && !(held.isInDoubt() && held.writes());
            if (plain
                    && !waiting.contains(held.owner().client())
                    && memory.answer(key.get(), held.arguments(), held.owner())) {
                held.release();
                continue;
            }
            waiting.add(held.owner().client());
            if (held.kind() != Entry.Kind.ERROR) {
                held.forEachCommand(arguments -> memory.onHeld(key.get(), arguments));
            }
            log.restore(held);
        }
    }

    /** Redis is stalled, its connection stands: nothing may be taken out, but nothing may be answered past it either. */
    void blockAll() {
        log.forEach(entry -> entry.forEachCommand(arguments -> memory.onHeld(key.get(), arguments)));
    }

    /** Commands that came after the walk have to wait. */
    void block(ByteBuf commands, int from, int length) {
        Arguments.forEach(commands, from, length, arguments -> memory.onHeld(key.get(), arguments));
    }

    /** An entry ends. */
    void unblock(Entry entry) {
        entry.forEachCommand(arguments -> memory.onHeldEnded(key.get(), arguments));
    }
}
