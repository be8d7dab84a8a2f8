package dev.redoubt.proxy.session;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.resp.RespError;
import dev.redoubt.proxy.resp.RespValues;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.upstream.SharedUpstream;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One command of the proxy's own on a shared connection, and what to do with its reply: a small one. Confined to the lane. */
final class Question implements ReplySink {
    /** What came back: a value as {@link RespValues} reads it, or that there was no answer. */
    record Answer(@Nullable Object value, boolean isLost) {
        private static final Answer LOST = new Answer(null, true);
    }

    private static final Set<String> DENIALS = Set.of("NOPERM", "NOAUTH");

    private final Consumer<Answer> then;
    private final long holdBudgetNanos;

    private Question(Consumer<Answer> then, long holdBudgetNanos) {
        this.then = then;
        this.holdBudgetNanos = holdBudgetNanos;
    }

    /** Whether the user may not ask that. */
    static boolean isDenial(Answer answer) {
        return answer.value() instanceof RespError error && DENIALS.contains(error.code());
    }

    /** Sends it; the consumer is called once, perhaps at once. */
    static void ask(House house, SharedUpstream upstream, Consumer<Answer> then, String... command) {
        ask(house, upstream, house.holdBudget(), then, command);
    }

    /**
     * The same.
     *
     * @param budget for how long it may wait
     */
    static void ask(House house, SharedUpstream upstream, Duration budget, Consumer<Answer> then, String... command) {
        ByteBuf out = house.lane().allocator().directBuffer();
        try {
            RespWriter.command(out, command);
            Question question = new Question(then, budget.toNanos());
            if (!upstream.submit(question, out, 0, out.writerIndex(), 1, false)) {
                then.accept(Answer.LOST);
            }
        } finally {
            out.release();
        }
    }

    @Override
    public void onReplies(ByteBuf buf, int from, int length, int count) {
        then.accept(new Answer(RespValues.read(buf, from), false));
    }

    @Override
    public void onReplyPart(ByteBuf buf, int from, int length, boolean last) {
        if (last) {
            then.accept(Answer.LOST);
        }
    }

    @Override
    public void onFailure(String error) {
        then.accept(Answer.LOST);
    }

    @Override
    public void onReplyCut() {
        then.accept(Answer.LOST);
    }

    @Override
    public boolean wantsUnsent() {
        return true;
    }

    @Override
    public long holdBudgetNanos() {
        return holdBudgetNanos;
    }
}
