package dev.redoubt.proxy.session;

import java.util.Locale;

/** Frames of Pub/Sub, as Redis writes them and as clients get them. */
final class Pushes {
    private Pushes() {}

    /** RESP3. */
    static String push(Object... elements) {
        return frame('>', elements);
    }

    /** RESP2. */
    static String array(Object... elements) {
        return frame('*', elements);
    }

    /** What Redis says to a SUBSCRIBE or its like, but for the counts. */
    static String confirmations(String... command) {
        StringBuilder frames = new StringBuilder();
        for (int i = 1; i < command.length; i++) {
            frames.append(push(command[0].toLowerCase(Locale.ROOT), command[i], i));
        }
        return frames.toString();
    }

    private static String frame(char type, Object... elements) {
        StringBuilder frame =
                new StringBuilder().append(type).append(elements.length).append("\r\n");
        for (Object element : elements) {
            if (element instanceof Integer number) {
                frame.append(':').append(number).append("\r\n");
            } else {
                String text = (String) element;
                frame.append('$')
                        .append(text.length())
                        .append("\r\n")
                        .append(text)
                        .append("\r\n");
            }
        }
        return frame.toString();
    }
}
