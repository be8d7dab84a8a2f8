package dev.redoubt.proxy.sim;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One RESP frame, as the simulated ends read it. Bytes are ISO 8859-1 text here. */
record Frame(char type, @Nullable String text, List<Frame> items) {
    boolean isError() {
        return type == '-' || type == '!';
    }

    boolean isNull() {
        return type == '_' || (type == '$' && text == null) || (type == '*' && text == null);
    }

    /** The first word of an error; empty for anything else. */
    String errorCode() {
        return isError() && text != null ? text.split(" ", 2)[0] : "";
    }

    /** All texts in it, its items' too, in order. */
    Stream<String> texts() {
        Stream<String> own = text == null || !items.isEmpty() ? Stream.empty() : Stream.of(text);
        return Stream.concat(own, items.stream().flatMap(Frame::texts));
    }

    @Override
    public String toString() {
        String shown = text == null ? "null" : text.length() > 120 ? text.substring(0, 120) + "..." : text;
        return items.isEmpty() ? type + shown : type + items.toString();
    }
}
