package dev.redoubt.proxy.backlog;

import dev.redoubt.proxy.resp.CommandScanner;
import java.util.List;

/** Splits an entry of a lost connection into its commands, each with what is known of it: answered (left out), in doubt, unsent. */
final class Splitter {
    private final CommandLog log;
    private final Entry entry;
    private final long sentBytes;

    Splitter(CommandLog log, Entry entry, long sentBytes) {
        this.log = log;
        this.entry = entry;
        this.sentBytes = sentBytes;
    }

    void splitInto(List<HeldCommand> all) {
        if (entry.kind() != Entry.Kind.RUN) {
            boolean sent = entry.inDoubt() || (entry.kind() == Entry.Kind.UNIT && entry.length() <= sentBytes);
            all.add(new HeldCommand(
                    log, entry, entry.offset(), entry.length(), entry.count(), sent, entry.partlyDelivered()));
            return;
        }
        CommandScanner scanner = new CommandScanner();
        int end = entry.offset() + entry.length();
        int start = entry.offset();
        for (int i = 0; i < entry.count(); i++) {
            scanner.start(start);
            if (scanner.scan(entry.bytes(), end) != CommandScanner.Outcome.COMMAND) {
                throw new IllegalStateException("a run in the log is not whole commands");
            }
            int next = scanner.position();
            if (i >= entry.answered()) {
                boolean sent = entry.inDoubt() || next - entry.offset() <= sentBytes;
                boolean first = i == entry.answered();
                all.add(new HeldCommand(log, entry, start, next - start, 1, sent, first && entry.partlyDelivered()));
            }
            start = next;
        }
    }
}
