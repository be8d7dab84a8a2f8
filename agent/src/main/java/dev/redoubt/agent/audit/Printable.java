package dev.redoubt.agent.audit;

/** Texts that do no harm on a terminal and have an end: class and thread names may be anything. Pure. */
final class Printable {
    private static final String MORE = "...";

    private Printable() {}

    /** The text, what cannot be shown as {@code ?}, cut off at so many characters. */
    static String of(String text, int max) {
        StringBuilder clean = new StringBuilder(text.length() <= max ? text : text.substring(0, max - MORE.length()));
        for (int i = 0; i < clean.length(); i++) {
            if (isUnprintable(clean.charAt(i))) {
                clean.setCharAt(i, '?');
            }
        }
        return text.length() <= max ? clean.toString() : clean.append(MORE).toString();
    }

    private static boolean isUnprintable(char c) {
        switch (Character.getType(c)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.SURROGATE:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
                return true;
            default:
                return false;
        }
    }
}
