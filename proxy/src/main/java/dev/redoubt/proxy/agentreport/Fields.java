package dev.redoubt.proxy.agentreport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each of the kind that is asked for. What has an unknown name is ignored: a later agent may say more.
 * Immutable.
 *
 * @param place where in the report it is, for messages: empty for the report itself
 */
record Fields(String place, Map<?, ?> values) {
    private static final int MAX_TEXT = 500;

    interface Reader<T> {
        T read(Fields fields) throws BadReport;
    }

    String text(String name) throws BadReport {
        String text = textOrNull(name);
        if (text == null) {
            throw wrong(name, "a text");
        }
        return text;
    }

    @Nullable
    String textOrNull(String name) throws BadReport {
        Object value = values.get(name);
        return value == null ? null : printable(name, value);
    }

    /** A whole number that is not negative. */
    long count(String name) throws BadReport {
        if (values.get(name) instanceof Long number && number >= 0) {
            return number;
        }
        throw wrong(name, "a whole number from 0 on");
    }

    @Nullable
    Double numberOrNull(String name) throws BadReport {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(name, "a number from 0 on, or null");
    }

    boolean flag(String name) throws BadReport {
        if (values.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    Fields object(String name) throws BadReport {
        Fields object = objectOrNull(name);
        if (object == null) {
            throw wrong(name, "an object");
        }
        return object;
    }

    @Nullable
    Fields objectOrNull(String name) throws BadReport {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return new Fields(place + name + ".", map);
        }
        throw wrong(name, "an object");
    }

    <T> List<T> objects(String name, int max, Reader<T> reader) throws BadReport {
        List<T> read = new ArrayList<>();
        for (Object item : list(name, max)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            read.add(reader.read(new Fields(place + name + "[" + read.size() + "].", map)));
        }
        return read;
    }

    List<String> texts(String name, int max) throws BadReport {
        List<String> read = new ArrayList<>();
        for (Object item : list(name, max)) {
            read.add(printable(name, item));
        }
        return read;
    }

    private List<?> list(String name, int max) throws BadReport {
        if (values.get(name) instanceof List<?> list && list.size() <= max) {
            return list;
        }
        throw wrong(name, "a list of at most " + max);
    }

    /** What has a terminal's control characters in it would be shown to whoever asks for the text. */
    private String printable(String name, @Nullable Object value) throws BadReport {
        if (value instanceof String text
                && text.length() <= MAX_TEXT
                && text.codePoints().noneMatch(Fields::isUnprintable)) {
            return text;
        }
        throw wrong(name, "a printable text of at most " + MAX_TEXT + " characters");
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private BadReport wrong(String name, String allowed) {
        return new BadReport(place + name + " must be " + allowed);
    }
}
