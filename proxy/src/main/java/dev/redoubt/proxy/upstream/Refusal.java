package dev.redoubt.proxy.upstream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What an error of Redis's says about the command that it answers: refused for the server's state, and so known not to be applied, or an answer like any other. A pure function of the error's text: its first word counts, as
 * a whole (BUSYGROUP and BUSYKEY are answers). Texts as in Redis 7.0: {@code createSharedObjects} in server.c, {@code scriptPrepareForRun} in script.c, {@code execCommandAbort} in multi.c, {@code disconnectAllBlockedClients} in blocked.c.
 */
enum Refusal {
    /** An answer. */
    NONE,
    /** The state passes: the same server is asked again. */
    PASSING,
    /** A script runs beyond its time limit: the state passes, but nobody knows when. */
    BUSY,
    /** The server is a replica that has lost its primary. */
    ORPHANED,
    /** The server is a replica: where it was none before, the primary is looked for anew. */
    REPLICA,
    /** The server has become a replica, and ends what waited there: nothing was taken. */
    DEMOTED,
    /** The server reads its data: it is asked again when it has it. */
    LOADING,
    /** The server has lost a script that may be known here: it is given the script, and asked again. */
    NO_SCRIPT,
    /** The connection is nobody's: it has to say the password again. */
    NO_USER;

    private record Word(byte[] text, Refusal refusal) {
        Word(String text, Refusal refusal) {
            this(bytes(text), refusal);
        }
    }

    private static final Word[] WORDS = {
        new Word("LOADING", LOADING),
        new Word("MASTERDOWN", ORPHANED),
        new Word("READONLY", REPLICA),
        new Word("UNBLOCKED force unblock from blocking operation, instance state changed", DEMOTED),
        new Word("CLUSTERDOWN", PASSING),
        new Word("TRYAGAIN", PASSING),
        new Word("NOREPLICAS", PASSING),
        new Word("BUSY", BUSY),
        new Word("NOSCRIPT", NO_SCRIPT),
        new Word("NOAUTH", NO_USER)
    };

    /** What no command that a script runs is answered: the script itself did not start. Valkey has its own name in two of them. */
    private static final byte[][] BEFORE_A_SCRIPT = {
        bytes("LOADING Redis is loading the dataset in memory"),
        bytes("LOADING Valkey is loading the dataset in memory"),
        bytes("BUSY Redis is busy running a script."),
        bytes("BUSY Valkey is busy running a script."),
        bytes("READONLY You can not run script with write flag on readonly replica."),
        bytes("MASTERDOWN Link with MASTER is down, replica-serve-stale-data is set to 'no' and 'allow-stale' flag"),
        bytes("NOSCRIPT No matching script. Please use EVAL."),
        bytes("NOAUTH Authentication required.")
    };

    /** How EXEC's own error begins, with its minus sign: the cause follows. */
    static final String ABORTED_BECAUSE_OF = "-EXECABORT Transaction discarded because of: ";

    private static final byte[] BECAUSE_OF = bytes(ABORTED_BECAUSE_OF.substring(1));
    private static final byte[] PREVIOUS_ERRORS = bytes("EXECABORT Transaction discarded because of previous errors");

    private static final byte[][] NO_COMMAND = {
        bytes("-ERR wrong number of arguments for"), bytes("-ERR unknown command"), bytes("-ERR unknown subcommand")
    };

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What the error says whose text begins there, without the minus sign. Borrows the buffer. */
    static Refusal of(ByteBuf in, int from, int end) {
        for (Word word : WORDS) {
            int after = from + word.text().length;
            if (startsWith(in, from, end, word.text()) && after < end && isEndOfWord(in.getByte(after))) {
                return word.refusal();
            }
        }
        return NONE;
    }

    /** Whether it is one that a script gets only before it has run. Borrows the buffer. */
    static boolean isBeforeAnyScript(ByteBuf in, int from, int end) {
        for (byte[] text : BEFORE_A_SCRIPT) {
            if (startsWith(in, from, end, text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether that whole reply says that there is no such command, so that nothing has run. Borrows the buffer. */
    static boolean isNoCommand(ByteBuf in, int from, int end) {
        for (byte[] text : NO_COMMAND) {
            if (startsWith(in, from, end, text)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What EXEC's error says of its transaction, of which nothing has run then. Borrows the buffer.
     *
     * @param queueing what all errors came to that were given while it was queued
     */
    static Refusal ofExec(ByteBuf in, int from, int end, Refusal queueing) {
        if (startsWith(in, from, end, BECAUSE_OF)) {
            return of(in, from + BECAUSE_OF.length, end);
        }
        return isForPreviousErrors(in, from, end) ? queueing : NONE;
    }

    /** Whether EXEC's error says only that there were others before. Borrows the buffer. */
    static boolean isForPreviousErrors(ByteBuf in, int from, int end) {
        return startsWith(in, from, end, PREVIOUS_ERRORS);
    }

    /** What two errors of one transaction come to: it is refused only if both are. */
    Refusal and(Refusal other) {
        if (this == NONE || other == NONE) {
            return NONE;
        }
        return compareTo(other) >= 0 ? this : other;
    }

    private static boolean isEndOfWord(byte value) {
        return value == ' ' || value == '\r';
    }

    private static boolean startsWith(ByteBuf in, int from, int end, byte[] text) {
        if (end - from < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (in.getByte(from + i) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
