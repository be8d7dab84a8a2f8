package dev.redoubt.proxy.upstream;

import java.util.regex.Pattern;

/** Why a connection was lost or could not be opened, for people. Stateless. */
final class Cause {
    /** What Netty's native transports put first: {@code finishConnect(..) failed with error(-111): }. */
    private static final Pattern NATIVE_CALL =
            Pattern.compile("^\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ");

    private Cause() {}

    static String of(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : NATIVE_CALL.matcher(message).replaceFirst("");
    }
}
