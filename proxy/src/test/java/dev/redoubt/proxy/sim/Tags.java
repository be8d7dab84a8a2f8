package dev.redoubt.proxy.sim;

/** Every command to Redis carries a number of its own: behind a {@code #} in its key, or behind an {@code @} in what it has echoed. */
final class Tags {
    /** EVAL script 1 key. */
    static final int SCRIPT_KEY = 3;

    private Tags() {}

    /** The tag of a command; -1 if it has none. */
    static int of(String[] words) {
        if (words.length < 2) {
            return -1;
        }
        String word = words[0].equalsIgnoreCase("EVAL") && words.length > SCRIPT_KEY ? words[SCRIPT_KEY] : words[1];
        int at = word.startsWith("@") ? 0 : word.lastIndexOf('#');
        return at < 0 ? -1 : number(word, at + 1);
    }

    /** The tag and the application's number in a reply's text; null if it has none. */
    static long[] ofReply(Frame reply) {
        String text =
                reply.texts().filter(one -> one.indexOf('@') >= 0).findFirst().orElse(null);
        if (text == null) {
            return null;
        }
        int at = text.indexOf('@');
        int colon = text.indexOf(':', at);
        return new long[] {number(text, at + 1), number(text, colon + 1)};
    }

    /** The tag behind the first {@code @}; -1 if there is none. */
    static int inText(String text) {
        int at = text.indexOf('@');
        return at < 0 ? -1 : number(text, at + 1);
    }

    /** How long keys live that the command with this tag makes expire: so whoever sees it knows what was asked for. */
    static int lifeSeconds(int tag) {
        return 1 + tag % 20;
    }

    private static int number(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == from ? -1 : Integer.parseInt(text.substring(from, end));
    }
}
