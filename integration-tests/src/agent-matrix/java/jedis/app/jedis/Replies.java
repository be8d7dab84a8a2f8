package app.jedis;

import app.Lines;
import java.util.ArrayList;
import java.util.List;

/** What EXEC gives, which is data or exceptions. Stateless. */
final class Replies {
    private Replies() {}

    static Object text(List<Object> replies) {
        if (replies == null) {
            return null;
        }
        List<Object> texts = new ArrayList<>();
        for (Object reply : replies) {
            texts.add(reply instanceof Throwable ? Lines.classes((Throwable) reply) : reply);
        }
        return texts;
    }
}
