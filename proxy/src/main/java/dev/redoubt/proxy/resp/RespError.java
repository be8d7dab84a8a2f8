package dev.redoubt.proxy.resp;

/** An error reply, as a value. Immutable. */
public record RespError(String message) {
    /** The first word: {@code ERR}, {@code NOAUTH}, {@code LOADING}. */
    public String code() {
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }
}
