package dev.redoubt.proxy.fallback;

/** Walks over recorded commands and replies. Confined to the flight reader. */
final class RespCursor {
    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    void over(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** The next command's arguments; empty lines and empty arrays, which get no reply, are passed over. */
    void readCommand(RecordedCommand command) {
        do {
            command.reset(bytes);
            if (peek() == '*') {
                readArray(command);
            } else {
                readInline(command);
            }
        } while (command.count() == 0);
    }

    private void readArray(RecordedCommand command) {
        at++;
        long count = readNumberLine();
        for (long i = 0; i < count; i++) {
            if (peek() != '$') {
                throw Unreadable.INSTANCE;
            }
            at++;
            int length = bulkLength(readNumberLine());
            command.add(at, length);
            skipBytes(length + 2);
        }
    }

    /** Quotes and escapes are for people at a terminal: such a line is not worth a parser of its own here. */
    private void readInline(RecordedCommand command) {
        int lineEnd = lineEnd();
        int word = -1;
        for (int i = at; i <= lineEnd; i++) {
            boolean isGap = i == lineEnd || bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r';
            if (i < lineEnd && (bytes[i] == '"' || bytes[i] == '\'')) {
                throw Unreadable.INSTANCE;
            }
            if (isGap && word >= 0) {
                command.add(word, i - word);
                word = -1;
            } else if (!isGap && word < 0) {
                word = i;
            }
        }
        at = lineEnd + 1;
    }

    private int lineEnd() {
        for (int i = at; i < end; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        throw Unreadable.INSTANCE;
    }

    /** The next reply, attributes left out. */
    void readReply(RecordedReply reply) {
        while (peek() == '|') {
            skipAttribute();
        }
        int frame = at;
        byte type = peek();
        at++;
        switch (type) {
            case '$', '=', '!' -> {
                long length = readNumberLine();
                reply.set(bytes, type, at, (int) length);
                if (length >= 0) {
                    skipBytes(bulkLength(length) + 2);
                }
            }
            case '*', '%', '~', '>' -> {
                long elements = readNumberLine();
                reply.set(bytes, type, at, (int) elements);
                at = frame;
                skipFrame();
            }
            default -> {
                int from = at;
                skipLine();
                reply.set(bytes, type, from, at - from - 2);
            }
        }
    }

    /** Passes over one whole frame, whatever it holds. */
    void skipFrame() {
        for (long left = 1; left > 0; left--) {
            byte type = peek();
            at++;
            switch (type) {
                case '$', '=', '!' -> {
                    long length = readNumberLine();
                    if (length >= 0) {
                        skipBytes(bulkLength(length) + 2);
                    }
                }
                case '*', '~', '>' -> left += Math.max(0, readNumberLine());
                case '%' -> left += 2 * Math.max(0, readNumberLine());
                // An attribute stands before the frame that it belongs to.
                case '|' -> left += 2 * Math.max(0, readNumberLine()) + 1;
                case '+', '-', ':', '_', ',', '#', '(' -> skipLine();
                default -> throw Unreadable.INSTANCE;
            }
        }
    }

    private void skipAttribute() {
        at++;
        for (long left = 2 * readNumberLine(); left > 0; left--) {
            skipFrame();
        }
    }

    private byte peek() {
        if (at >= end) {
            throw Unreadable.INSTANCE;
        }
        return bytes[at];
    }

    private void skipBytes(int count) {
        if (count > end - at) {
            throw Unreadable.INSTANCE;
        }
        at += count;
    }

    private int bulkLength(long length) {
        if (length < 0 || length > end - at) {
            throw Unreadable.INSTANCE;
        }
        return (int) length;
    }

    private void skipLine() {
        at = lineEnd() + 1;
    }

    private long readNumberLine() {
        int from = at;
        skipLine();
        return Numbers.parseLong(bytes, from, at - from - 2);
    }
}
