package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.lockscript.LockScripts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Turns one segment's records into known values. Confined to the flight reader. */
final class SegmentReader {
    private final WrittenKeys writtenKeys;
    private final LockScripts scripts;
    private final KnownValues known;
    private final Observation seen;
    private final Map<String, Effect> effects = new HashMap<>();
    private final RespCursor commands = new RespCursor();
    private final RespCursor replies = new RespCursor();
    private final RespCursor elements = new RespCursor();

    SegmentReader(KnownValues known, FallbackSettings settings, WrittenKeys writtenKeys, LockScripts scripts) {
        this.scripts = scripts;
        this.known = known;
        this.writtenKeys = writtenKeys;
        this.seen = new Observation(known, settings);
        StringEffects.register(effects);
        KeyEffects.register(effects);
        HashEffects.register(effects);
        SetEffects.register(effects);
        ListEffects.register(effects);
        effects.put("MGET", this::mget);
    }

    /** @param hurried what only teaches is left out, so that what changes something is read in time */
    void read(Segment segment, boolean hurried) {
        int at = 0;
        while (at < segment.used()) {
            seen.begin(segment.dbAt(at), segment.epochMillisAt(at), hurried);
            seen.at(segment.base() + at);
            readRecord(segment, at, hurried);
            at += Segment.HEADER_BYTES + segment.commandBytesAt(at) + segment.replyBytesAt(at);
        }
    }

    private void readRecord(Segment segment, int at, boolean hurried) {
        int commandsFrom = at + Segment.HEADER_BYTES;
        int commandBytes = segment.commandBytesAt(at);
        commands.over(segment.bytes(), commandsFrom, commandBytes);
        replies.over(segment.bytes(), commandsFrom + commandBytes, segment.replyBytesAt(at));
        int kind = segment.kindAt(at);
        if (kind == Segment.READS && hurried) {
            return;
        }
        try {
            switch (kind) {
                case Segment.READS, Segment.WRITES -> readRun(segment, segment.countAt(at), kind == Segment.WRITES);
                case Segment.FORGET_WRITTEN_KEYS -> forgetWrittenKeys(segment.countAt(at));
                case Segment.FORGET_KEY -> seen.forget(keyOf(segment, commandsFrom, commandBytes));
                case Segment.FORGET_DATABASE -> seen.forgetDatabase();
                case Segment.FORGET_EVERYTHING -> seen.forgetEverything();
                default -> throw Unreadable.INSTANCE;
            }
        } catch (Unreadable e) {
            // What is behind this point in the record, nobody knows: nothing learned up to its end may be served.
            known.flushBefore(segment.base() + commandsFrom + commandBytes);
        }
    }

    private static StoreKey keyOf(Segment segment, int from, int length) {
        return new StoreKey(
                segment.dbAt(from - Segment.HEADER_BYTES), Arrays.copyOfRange(segment.bytes(), from, from + length));
    }

    private void readRun(Segment segment, int count, boolean containsWrites) {
        for (int i = 0; i < count; i++) {
            seen.at(segment.base() + commands.at());
            commands.readCommand(seen.command());
            replies.readReply(seen.reply());
            Effect effect = effects.get(seen.command().word(0));
            if (effect == null) {
                if (containsWrites) {
                    forgetWhatItWrites();
                }
            } else if (!seen.reply().isError()) {
                effect.apply(seen);
            } else if (seen.reply().isWrongType()) {
                seen.forget(seen.key(1));
            }
        }
        if (!replies.isAtEnd()) {
            throw Unreadable.INSTANCE;
        }
    }

    private void forgetWrittenKeys(int count) {
        for (int i = 0; i < count; i++) {
            commands.readCommand(seen.command());
            forgetWhatItWrites();
        }
    }

    private void forgetWhatItWrites() {
        RecordedCommand command = seen.command();
        switch (command.word(0)) {
            case "SELECT" -> seen.select((int) command.number(1));
            case "FLUSHDB" -> seen.forgetDatabase();
            case "FLUSHALL", "SWAPDB" -> seen.forgetEverything();
            case "MOVE" -> {
                seen.forget(seen.key(1));
                seen.forgetKeyIn((int) command.number(2), command.argument(1));
            }
            case "COPY" -> forgetCopy(command);
            case "EVAL" -> {
                scripts.ofBody(command.argument(1));
                forgetKeysAt(command.arguments());
            }
            case "SCRIPT" -> learnScript(command);
            default -> forgetKeysAt(command.arguments());
        }
    }

    /** SCRIPT writes to no key; what is loaded may be what EVALSHA asks for in an outage. */
    private void learnScript(RecordedCommand command) {
        if (command.count() == 3 && command.word(1).equals("LOAD")) {
            scripts.ofBody(command.argument(2));
        }
    }

    private void forgetCopy(RecordedCommand command) {
        seen.forget(seen.key(2));
        for (int i = 3; i + 1 < command.count(); i++) {
            if (command.word(i).equals("DB")) {
                seen.forgetKeyIn((int) command.number(i + 1), command.argument(2));
            }
        }
    }

    private void forgetKeysAt(byte[][] arguments) {
        int[] positions = writtenKeys.positions(arguments);
        if (positions == null) {
            seen.forgetDatabase();
            return;
        }
        for (int position : positions) {
            seen.forget(seen.key(position));
        }
    }

    /** A null element may be an absent key or one of another type: it teaches nothing, and what was known is wrong. */
    private void mget(Observation seen) {
        if (!seen.reply().isArray()) {
            return;
        }
        RespCursor cursor = elements;
        cursor.over(
                seen.reply().bytes(),
                seen.reply().from(),
                seen.reply().bytes().length - seen.reply().from());
        int count = seen.reply().length();
        for (int i = 0; i < count; i++) {
            StoreKey key = seen.key(i + 1);
            cursor.readReply(seen.reply());
            if (seen.reply().isBulk()) {
                seen.learnFromReply(key);
            } else {
                seen.forget(key);
            }
        }
    }
}
