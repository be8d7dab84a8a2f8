package dev.redoubt.proxy.upstream;

import java.util.regex.Pattern;

/** Why a connection was lost or could not be opened, for people. Stateless. */
final class Cause {
    /** What Netty's native transports put first: {@code finishConnect(..) failed with error(-111): }. */
    private static final Pattern NATIVE_CALL =
            Pattern.compile("^\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ");

    private Cause() {}

    /** Why a connection is lost whose end simply came: the other side's FIN. */
    static final String CLOSED = "closed by Redis";

    /** Whether the other side was seen to end the connection in order, behind all that it had to say. A reset is none: what was said before it may have been lost with it. */
    static boolean isEnd(String cause) {
        return cause.equals(CLOSED);
    }

    static String of(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : NATIVE_CALL.matcher(message).replaceFirst("");
    }
}
