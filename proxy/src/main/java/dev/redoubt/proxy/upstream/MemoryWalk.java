package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.CommandLog;
import dev.redoubt.proxy.backlog.Entry;
import dev.redoubt.proxy.backlog.HeldCommand;
import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.resp.Arguments;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
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
            if (!waiting.contains(held.owner().client()) && answers(held)) {
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

    private boolean answers(HeldCommand held) {
        if (held.isInDoubt() && held.writes()) {
            return false;
        }
        return switch (held.kind()) {
            case RUN -> memory.answer(key.get(), held.arguments(), held.owner());
            case UNIT -> memory.answerAll(key.get(), queuedIn(held), held.owner());
            case STREAMED, ERROR -> false;
        };
    }

    private static List<byte[][]> queuedIn(HeldCommand unit) {
        List<byte[][]> commands = new ArrayList<>();
        unit.forEachCommand(commands::add);
        return commands.subList(1, commands.size() - 1);
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
